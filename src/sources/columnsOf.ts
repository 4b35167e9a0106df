import type { Series } from '#domain/series/series.ts'
import type { EpochMs } from '#domain/units.ts'

/**
 * Points in any order as a series, oldest first. NaN marks a gap. Of several points at one instant
 * the one that came last counts.
 */
export function columnsOf(points: readonly { at: EpochMs; value: number }[]): Series {
  const byTime = new Map(points.map(({ at, value }) => [at, value]))
  const times = Float64Array.from(byTime.keys()).sort()
  return { timeMs: times, value: times.map((at) => byTime.get(at as EpochMs)!) }
}
