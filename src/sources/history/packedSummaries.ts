import { roomFor, SUMMARY_COLUMNS, type Summaries } from '#domain/series/minuteSummaries.ts'
import { type DurationMs, MINUTE_MS } from '#domain/units.ts'
import { type PackedColumn, packed } from './packedColumn.ts'

/**
 * The steps of a row as they are stored: `startMs` counts minutes from the beginning of the row,
 * `lastMs` milliseconds from the beginning of its step.
 */
export type PackedSummaries = Record<(typeof SUMMARY_COLUMNS)[number], PackedColumn>

/** Steps of a row that begins at `rowMs`, as they are stored. */
export function packedSummaries(steps: Summaries, rowMs: number): PackedSummaries {
  const { startMs, lastMs } = steps
  return {
    startMs: packed(startMs.map((start) => (start - rowMs) / MINUTE_MS)),
    min: packed(steps.min),
    max: packed(steps.max),
    sum: packed(steps.sum),
    last: packed(steps.last),
    lastMs: packed(lastMs.map((at, i) => at - startMs[i]!)),
    count: packed(steps.count),
  }
}

/** The inverse of `packedSummaries`, of steps of this length. */
export function unpackedSummaries(
  stored: PackedSummaries,
  rowMs: number,
  stepMs: DurationMs = MINUTE_MS,
): Summaries {
  const steps = roomFor(stored.startMs.length, stepMs)
  for (const name of SUMMARY_COLUMNS) steps[name].set(stored[name])
  for (let i = 0; i < steps.startMs.length; i++) {
    steps.startMs[i] = rowMs + steps.startMs[i]! * MINUTE_MS
    steps.lastMs[i] = steps.startMs[i]! + steps.lastMs[i]!
  }
  return steps
}
