import { normalCdf } from './normal.ts'

/**
 * Do the values of `a` tend to lie below those of `b`? u counts the pairs in which a's value is the
 * higher one, ties as halves.
 *
 * pLess is the one-sided p of "a lies lower", pTwoSided that of "they differ": normal approximation
 * with correction for ties and for continuity, good from about eight values a side on. Gaps (NaN)
 * are left out. Where a side is empty or all values are equal, both are 1. Cost O(n log n).
 * Source: Mann & Whitney 1947, doi:10.1214/aoms/1177730491.
 */
export function mannWhitney(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): { u: number; pLess: number; pTwoSided: number } {
  const present = (column: ArrayLike<number>) =>
    Float64Array.from(column).filter((value) => !Number.isNaN(value))
  const mine = present(a).sort()
  const theirs = present(b).sort()
  const n = mine.length + theirs.length
  let u = 0
  let ties = 0
  // Walk the distinct values of both columns upward, each with how often it stands on either side.
  for (let i = 0, j = 0; i < mine.length || j < theirs.length; ) {
    const value = Math.min(mine[i] ?? Infinity, theirs[j] ?? Infinity)
    const below = j
    const from = i
    while (i < mine.length && mine[i] === value) i += 1
    while (j < theirs.length && theirs[j] === value) j += 1
    u += (i - from) * (below + (j - below) / 2)
    ties += (i - from + j - below) ** 3 - (i - from + j - below)
  }
  const pairs = mine.length * theirs.length
  const variance = (pairs / 12) * (n + 1 - ties / (n * (n - 1)))
  if (!(variance > 0)) return { u, pLess: 1, pTwoSided: 1 }
  const deviation = Math.sqrt(variance)
  const distance = Math.max(0, Math.abs(u - pairs / 2) - 0.5)
  return {
    u,
    pLess: normalCdf((u - pairs / 2 + 0.5) / deviation),
    pTwoSided: Math.min(1, 2 * normalCdf(-distance / deviation)),
  }
}
