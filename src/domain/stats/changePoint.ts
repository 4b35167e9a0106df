/**
 * The values that are there, and where in the column each stood (from 1); null without two
 * different ones, for then nothing changes.
 */
function presentIn(values: ArrayLike<number>) {
  const value: number[] = []
  const position: number[] = []
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue
    value.push(values[i]!)
    position.push(i + 1)
  }
  return value.every((one) => one === value[0]) ? null : { value, position }
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value / values.length, 0)

/** Σ of squared distances from the mean. */
function squaresOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}

/** How far the values have run away from their mean, after each of them but the last. */
function departures(values: readonly number[]): number[] {
  const mean = meanOf(values)
  let sum = 0
  return values.slice(0, -1).map((value) => {
    sum += value - mean
    return sum
  })
}

/** The first index with the largest entry. */
const peakOf = (column: readonly number[]) =>
  column.reduce((best, entry, i) => (entry > column[best]! ? i : best), 0)

/**
 * Where one step in the mean explains a column best, by least squares: the step lies after the
 * value at position `after` (counted from 1, the earlier one where several are as good). The fall
 * from sseWhole to sseSplit says how well; it always finds a step, so ask a test (`pettitt`)
 * whether there is one.
 *
 * Gaps (NaN, ∞) keep their position. Null without two different values, or where their squares
 * overflow. Cost O(n).
 */
export function leastSquaresBreak(values: ArrayLike<number>): {
  after: number
  meanBefore: number
  meanAfter: number
  sseWhole: number
  sseSplit: number
} | null {
  const present = presentIn(values)
  if (present === null) return null
  const { value, position } = present
  const n = value.length
  const sseWhole = squaresOf(value)
  if (!Number.isFinite(sseWhole)) return null
  // A step after t takes S²·n / (t·(n − t)) off the squares, S the sum of departures up to it.
  const gains = departures(value).map((sum, i) => (sum * sum) / ((i + 1) * (n - i - 1)))
  const best = peakOf(gains)
  const before = value.slice(0, best + 1)
  const later = value.slice(best + 1)
  return {
    after: position[best]!,
    meanBefore: meanOf(before),
    meanAfter: meanOf(later),
    sseWhole,
    sseSplit: squaresOf(before) + squaresOf(later),
  }
}

/**
 * Is there a change of level, wherever it may be? k is the largest |Σ sign(x_i − x_j)| over i up to
 * `after` and j behind it; p ≈ 2·e^(−6k² / (n³ + n²)), at most 1, is good below 0.5. It counts
 * ranks only, and takes the values for independent: autocorrelated ones change level by chance far
 * more often than p says.
 *
 * Gaps keep their position. Null without two different values. Cost O(n log n).
 * Source: Pettitt 1979, doi:10.2307/2346729.
 */
export function pettitt(values: ArrayLike<number>): { k: number; after: number; p: number } | null {
  const present = presentIn(values)
  if (present === null) return null
  const { value, position } = present
  const n = value.length
  const rank = midranks(value)
  let sum = 0
  const distances = value.slice(0, -1).map((one, i) => {
    sum += 2 * rank.get(one)!
    return Math.abs(sum - (i + 1) * (n + 1))
  })
  const best = peakOf(distances)
  const k = distances[best]!
  return {
    k,
    after: position[best]!,
    p: Math.min(1, 2 * Math.exp((-6 * k * k) / (n ** 3 + n ** 2))),
  }
}

/** The rank of each distinct value, from 1; equal values share the middle of theirs. */
function midranks(values: readonly number[]): Map<number, number> {
  const sorted = Float64Array.from(values).sort()
  const ranks = new Map<number, number>()
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1
    ranks.set(sorted[from]!, (from + 1 + to) / 2)
  }
  return ranks
}

/**
 * The largest departure of the running sum from its mean, in units of the values, and the position
 * (from 1) after which it stands there: the classical cumulative sum, whose turning point is a
 * change of level.
 *
 * Gaps keep their position. Null without two different values, or where the sum overflows. Cost
 * O(n).
 * Source: Page 1954, doi:10.2307/2333009.
 */
export function cusum(values: ArrayLike<number>): { after: number; max: number } | null {
  const present = presentIn(values)
  if (present === null) return null
  const distances = departures(present.value).map(Math.abs)
  const best = peakOf(distances)
  const max = distances[best]!
  return Number.isFinite(max) ? { after: present.position[best]!, max } : null
}
