import type { Series } from '../series/series.ts'
import { typicalIntervalMs } from './sampling.ts'

/** Bins of equal length, one after the other. */
export type BinGrid = { startMs: number; binMs: number; bins: number }

/** Less of a bin than this is not enough to know it. */
const LEAST_KNOWN = 0.5

/**
 * What a count series, oldest first, counted within each bin. A sample counts what came since the
 * sample before it, so its count is spread evenly over that time: coarse counts become thin
 * fractions, counts finer than bins add up.
 *
 * The first sample is taken to cover one typical interval. NaN: less than half of the bin is known,
 * because a gap (NaN) or the end of the series lies there. O(samples + bins).
 */
export function countsPerBin({ timeMs, value }: Series, grid: BinGrid): Float64Array {
  const { startMs, binMs, bins } = grid
  const counts = new Float64Array(bins)
  const knownMs = new Float64Array(bins)
  const endMs = startMs + bins * binMs
  let before = timeMs.length > 0 ? timeMs[0]! - (typicalIntervalMs(timeMs) ?? binMs) : 0
  for (let i = 0; i < timeMs.length; i++) {
    const at = timeMs[i]!
    const count = value[i]!
    const since = before
    before = at
    if (!(count >= 0) || !Number.isFinite(count) || at <= startMs || since >= endMs) continue
    if (at <= since) {
      // Two samples of one instant: the second adds to the moment just before it.
      const bin = Math.ceil((at - startMs) / binMs) - 1
      if (bin < bins) counts[bin]! += count
      continue
    }
    const first = Math.max(0, Math.floor((since - startMs) / binMs))
    const last = Math.min(bins, Math.ceil((at - startMs) / binMs)) - 1
    for (let bin = first; bin <= last; bin++) {
      const from = Math.max(since, startMs + bin * binMs)
      const to = Math.min(at, startMs + (bin + 1) * binMs)
      knownMs[bin]! += to - from
      counts[bin]! += (count * (to - from)) / (at - since)
    }
  }
  for (let bin = 0; bin < bins; bin++) {
    if (knownMs[bin]! < LEAST_KNOWN * binMs) counts[bin] = Number.NaN
  }
  return counts
}
