import type { Interval } from './interval.ts'
import { inversionChances } from './inversions.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import { median } from './quantile.ts'
import { pairSlopes } from './theilSen.ts'

/** Up to here p and intervals are exact; beyond, the normal approximation is as good as exact. */
const MOST_EXACT = 30

/**
 * Does a sequence rise? S counts rising pairs less falling ones; p is P(S' ≥ S) if the order were
 * chance, given the ties.
 *
 * Exact up to 30 values, then the normal approximation with tie and continuity correction. Only the
 * order of the values counts; gaps (NaN) are left out. Without two different values S = 0 and p =
 * 1. n values that rise strictly have p = 1/n!: no fewer than four can be evidence. Cost O(n²).
 * Source: Mann 1945, doi:10.2307/1907187; Kendall, Rank Correlation Methods, 1975; evidence-methods
 * §3.
 */
export function mannKendall(values: ArrayLike<number>): { s: number; p: number } {
  const present = Array.from(values).filter((value) => !Number.isNaN(value))
  const n = present.length
  let rising = 0
  let falling = 0
  for (let j = 1; j < n; j++) {
    for (let i = 0; i < j; i++) {
      if (present[j]! > present[i]!) rising += 1
      else if (present[j]! < present[i]!) falling += 1
    }
  }
  const s = rising - falling
  if (rising + falling === 0) return { s, p: 1 }
  const groups = tieGroups(present)
  if (n <= MOST_EXACT) return { s, p: lowerTail(inversionChances(groups), falling) }
  const weight = (count: number) => count * (count - 1) * (2 * count + 5)
  const ties = groups.reduce((sum, group) => sum + weight(group), 0)
  return { s, p: normalCdf((1 - s) / Math.sqrt((weight(n) - ties) / 18)) }
}

/**
 * The slope of equally spaced values per step (Theil–Sen) with the distribution-free interval that
 * belongs to Kendall's test; `confidence` is two-sided.
 *
 * Of the N ordered pair slopes the ends are the k-th lowest and the k-th highest, k the largest
 * number with P(at most k − 1 inversions | no ties) ≤ (1 − confidence)/2: exact up to 30 values,
 * normal beyond. Null where no k does, at 90 % below four values. Gaps (NaN) keep their place.
 * Source: Sen 1968, doi:10.1080/01621459.1968.10480934.
 */
export function slopeInterval(values: ArrayLike<number>, confidence = 0.9): Interval | null {
  const slopes = pairSlopes(values)
  const value = median(slopes)
  const n = Array.from(values).filter(Number.isFinite).length
  const k = rankOfEnd(n, (1 - confidence) / 2)
  const low = slopes[k - 1]
  const high = slopes[slopes.length - k]
  if (value === null || low === undefined || high === undefined || low > high) return null
  return { value, low, high }
}

/** The k of `slopeInterval`; 0 where even the extremes are not far enough out. */
function rankOfEnd(n: number, tail: number): number {
  if (n > MOST_EXACT) {
    const pairs = (n * (n - 1)) / 2
    const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 72)
    return Math.max(0, Math.floor(pairs / 2 + 0.5 + normalQuantile(tail) * deviation))
  }
  const chances = inversionChances(Array.from({ length: n }, () => 1))
  let k = 0
  // (1 − 0.9)/2 is a hair below 0.05, as binary fractions go.
  for (let sum = chances[0]!; sum <= tail + 1e-12 && k < chances.length; sum += chances[k] ?? 1) {
    k += 1
  }
  return k
}

/** How many values are equal, per distinct value. */
function tieGroups(values: readonly number[]): number[] {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values()]
}

const lowerTail = (chances: Float64Array, last: number) =>
  Math.min(
    1,
    chances.subarray(0, last + 1).reduce((sum, chance) => sum + chance, 0),
  )
