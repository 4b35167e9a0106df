/** The first index of a sorted column, within [low, high), whose entry is ≥ `wanted`; `high` where there is none. O(log n). */
export function lowerBound(
  sorted: ArrayLike<number>,
  wanted: number,
  low = 0,
  high = sorted.length,
): number {
  let from = low
  let to = high
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sorted[middle]! < wanted) from = middle + 1
    else to = middle
  }
  return from
}

/** The first index of a sorted column, within [low, high), whose entry is > `wanted`; `high` where there is none. O(log n). */
export function upperBound(
  sorted: ArrayLike<number>,
  wanted: number,
  low = 0,
  high = sorted.length,
): number {
  let from = low
  let to = high
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sorted[middle]! <= wanted) from = middle + 1
    else to = middle
  }
  return from
}

/**
 * What `lowerBound` gives, for a place that is expected soon after `low`: looks further ahead by
 * doubling steps. O(log of the distance).
 */
export function lowerBoundNear(
  sorted: ArrayLike<number>,
  wanted: number,
  low: number,
  high: number,
): number {
  let from = low
  let step = 1
  while (from + step <= high && sorted[from + step - 1]! < wanted) {
    from += step
    step *= 2
  }
  return lowerBound(sorted, wanted, from, Math.min(high, from + step))
}
