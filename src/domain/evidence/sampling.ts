import type { Series } from '../series/series.ts'
import { median } from '../stats/quantile.ts'

/** So many distances between neighbours are enough for their median. */
const MOST_LOOKED_AT = 20_000

/**
 * The median distance of neighbouring samples in milliseconds, times oldest first; equal times are
 * left out. Null where no two differ. Of a long column evenly spread neighbours stand for all: O(1)
 * from then on.
 */
export function typicalIntervalMs(timeMs: ArrayLike<number>): number | null {
  const stride = Math.max(1, Math.floor(timeMs.length / MOST_LOOKED_AT))
  const distances = new Float64Array(Math.ceil(timeMs.length / stride))
  let count = 0
  let [least, most] = [Infinity, 0]
  for (let i = 1; i < timeMs.length; i += stride) {
    const distance = timeMs[i]! - timeMs[i - 1]!
    if (!(distance > 0)) continue
    distances[count++] = distance
    least = Math.min(least, distance)
    most = Math.max(most, distance)
  }
  // Most series come at a steady beat, and need no sorting.
  return least === most ? least : median(distances.subarray(0, count))
}

/**
 * The samples in the order of their times; those without a time are left out. The very same series
 * where it is in order already, which costs O(n); else O(n log n).
 */
export function inOrder(series: Series): Series {
  const { timeMs, value } = series
  let isOrdered = timeMs.length === 0 || Number.isFinite(timeMs[0])
  for (let i = 1; isOrdered && i < timeMs.length; i++) {
    isOrdered = timeMs[i]! >= timeMs[i - 1]! && timeMs[i]! < Infinity
  }
  if (isOrdered) return series
  const order = Uint32Array.from(timeMs, (_, i) => i)
    .filter((i) => Number.isFinite(timeMs[i]))
    .sort((a, b) => timeMs[a]! - timeMs[b]!)
  return {
    timeMs: Float64Array.from(order, (i) => timeMs[i]!),
    value: Float64Array.from(order, (i) => value[i]!),
  }
}
