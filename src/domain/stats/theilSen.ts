import { median } from './quantile.ts'

/**
 * The slope of y over x: the median of the slopes of all pairs of points (Theil–Sen), which a few
 * spikes cannot bend.
 *
 * In units of y per unit of x. Points in any order; pairs of equal x, gaps (NaN) and infinities are
 * left out, and the shorter column counts. Null where no pair is left. Cost is O(n² log n): pass a
 * downsampled window, a few hundred points at most.
 * Source: Sen 1968, doi:10.1080/01621459.1968.10480934.
 */
export function theilSen(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  return median(slopes(x, y))
}

/**
 * The slopes of all pairs of equally spaced values, per step, in ascending order. Gaps keep their
 * place and give no slope. Cost as `theilSen`.
 */
export function pairSlopes(y: ArrayLike<number>): Float64Array {
  return slopes(
    Array.from(y, (_, i) => i),
    y,
  ).sort()
}

function slopes(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const n = Math.min(x.length, y.length)
  const all = new Float64Array((n * (n - 1)) / 2)
  let count = 0
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const slope = (y[j]! - y[i]!) / (x[j]! - x[i]!)
      // Equal x gives ±∞ or NaN, as do gaps.
      if (Number.isFinite(slope)) all[count++] = slope
    }
  }
  return all.subarray(0, count)
}
