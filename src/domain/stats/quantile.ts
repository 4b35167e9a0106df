/** The values that are numbers, in ascending order. */
function ascending(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort()
}

/**
 * The q-quantile of values in any order, linear between neighbours (type 7 of Hyndman & Fan 1996,
 * the default of R and numpy).
 *
 * `q` is kept within 0–1. Gaps (NaN) are left out; infinities are values, so that "later" may be
 * the answer. Null where nothing is left, where q is no number, or where the answer would lie
 * between −∞ and ∞. Cost O(n log n).
 */
export function quantile(values: ArrayLike<number>, q: number): number | null {
  const sorted = ascending(values)
  if (sorted.length === 0 || Number.isNaN(q)) return null
  const position = Math.min(1, Math.max(0, q)) * (sorted.length - 1)
  const index = Math.floor(position)
  const share = position - index
  const low = sorted[index]!
  const high = sorted[Math.min(index + 1, sorted.length - 1)]!
  if (share === 0 || low === high) return low
  const between = low * (1 - share) + high * share
  return Number.isNaN(between) ? null : between
}

/**
 * The middle value, or the mean of the two middle ones; null on nothing. Gaps (NaN) are left out.
 * Cost O(n log n).
 */
export function median(values: ArrayLike<number>): number | null {
  return quantile(values, 0.5)
}
