import type { FailureColumns, WatchedSeries } from '../evidence/watchedSeries.ts'
import type { Span } from '../incident/incident.ts'
import type { Series } from '../series/series.ts'

/** One window as it is drawn and listed. */
export type CertificateSide = {
  /** The highest value of each of `COLUMNS` equal parts of the window; NaN where nothing was measured. */
  highest: Float64Array
  /** Refusals in each part. */
  refused: Float64Array
  /** Null where it was not measured. */
  peak: number | null
  /** In all of the window, whatever the load; null where nobody counted. */
  attempts: number | null
  allRefused: number
}

export const COLUMNS = 120

type Input = { subject: WatchedSeries; capacity: FailureColumns; attempts: Series | null }

/** What a window looked like. O(n). */
export function certificateSide(
  { subject, capacity, attempts }: Input,
  { from, to }: Span,
): CertificateSide {
  const highest = new Float64Array(COLUMNS).fill(Number.NaN)
  const refused = new Float64Array(COLUMNS)
  const columnOf = (at: number) =>
    at >= from && at < to ? Math.floor(((at - from) / (to - from)) * COLUMNS) : -1
  const { timeMs, value } = subject.series
  let peak = Number.NaN
  for (let i = 0; i < timeMs.length; i++) {
    const column = columnOf(timeMs[i]!)
    if (column < 0 || !Number.isFinite(value[i]!)) continue
    // Written this way round, the first value takes the place of NaN.
    if (!(highest[column]! >= value[i]!)) highest[column] = value[i]!
    if (!(peak >= value[i]!)) peak = value[i]!
  }
  let allRefused = 0
  for (let i = 0; i < capacity.timeMs.length; i++) {
    const column = columnOf(capacity.timeMs[i]!)
    if (column < 0) continue
    refused[column]! += capacity.count[i]!
    allRefused += capacity.count[i]!
  }
  return {
    highest,
    refused,
    peak: Number.isNaN(peak) ? null : peak,
    attempts: attempts && countedIn(attempts, columnOf),
    allRefused,
  }
}

function countedIn({ timeMs, value }: Series, columnOf: (at: number) => number): number | null {
  let sum: number | null = null
  for (let i = 0; i < timeMs.length; i++) {
    if (columnOf(timeMs[i]!) < 0 || !Number.isFinite(value[i]!)) continue
    sum = (sum ?? 0) + value[i]!
  }
  return sum
}
