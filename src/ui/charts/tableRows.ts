import { type LimitSteps, limitAt } from '#domain/metrics/limitSteps.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'
import type { TimeWindow, WindowReader } from './chartData.ts'

/** A stretch of a chart in numbers; null where there is no sample, or no known limit. */
export type TableRow = {
  from: EpochMs
  to: EpochMs
  lowest: number | null
  highest: number | null
  /** The limit in force at the end of the stretch. */
  limit: number | null
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 86_400]

/**
 * What a chart shows, as at most `most` rows over round stretches of the window, oldest first: the
 * lowest and highest value of each, so that no peak is lost on the way to the table.
 */
export function tableRows(
  reader: Pick<WindowReader, 'range'>,
  limit: LimitSteps,
  window: TimeWindow,
  most: number,
): TableRow[] {
  const least = (window.to - window.from) / Math.max(1, most - 1)
  const seconds = STEPS_S.find((step) => step * 1_000 >= least)
  const stepMs = seconds ? seconds * 1_000 : Math.ceil(least / 86_400_000) * 86_400_000
  const rows: TableRow[] = []
  for (let start: number = window.from; start < window.to; ) {
    const end = Math.min(window.to, Math.floor(start / stepMs) * stepMs + stepMs)
    // Samples on an edge belong to the stretch that begins there; the last one ends with its edge.
    const range = reader.range(epochMs(start), epochMs(end === window.to ? end : end - 1))
    rows.push({
      from: epochMs(start),
      to: epochMs(end),
      lowest: range?.min ?? null,
      highest: range?.max ?? null,
      limit: limitAt(limit, epochMs(end)),
    })
    start = end
  }
  return rows
}
