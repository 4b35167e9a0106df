import { roomFor, SUMMARY_COLUMNS, type Summaries } from '#domain/series/minuteSummaries.ts'
import { MINUTE_MS } from '#domain/units.ts'
import { type PackedColumn, packed } from './packedColumn.ts'

/**
 * The minutes of one day as they are stored: `startMs` counts minutes from the beginning of the day,
 * `lastMs` milliseconds from the beginning of its minute.
 */
export type PackedSummaries = Record<(typeof SUMMARY_COLUMNS)[number], PackedColumn>

/** Minutes of the day that begins at `dayMs`, as they are stored. */
export function packedSummaries(minutes: Summaries, dayMs: number): PackedSummaries {
  const { startMs, lastMs } = minutes
  return {
    startMs: packed(startMs.map((start) => (start - dayMs) / MINUTE_MS)),
    min: packed(minutes.min),
    max: packed(minutes.max),
    sum: packed(minutes.sum),
    last: packed(minutes.last),
    lastMs: packed(lastMs.map((at, i) => at - startMs[i]!)),
    count: packed(minutes.count),
  }
}

/** The inverse of `packedSummaries`. */
export function unpackedSummaries(stored: PackedSummaries, dayMs: number): Summaries {
  const minutes = roomFor(stored.startMs.length, MINUTE_MS)
  for (const name of SUMMARY_COLUMNS) minutes[name].set(stored[name])
  for (let i = 0; i < minutes.startMs.length; i++) {
    minutes.startMs[i] = dayMs + minutes.startMs[i]! * MINUTE_MS
    minutes.lastMs[i] = minutes.startMs[i]! + minutes.lastMs[i]!
  }
  return minutes
}
