/**
 * By how much errors that come in clusters inflate the variance of their share: its variance over
 * `blocks` equal stretches of bins, divided by what independent attempts would show. At least 1;
 * effective counts are the counts divided by it.
 *
 * The columns are errors and attempts per bin, in order; the shorter one counts, as do only bins
 * with attempts above 0. Blocks are as equal as the bins allow, at most one per bin. 1 (no
 * correction) where fewer than two blocks have attempts, or none or all of them failed: then
 * clustering cannot be seen.
 * Source: Rao & Scott 1992, Biometrics 48:577–585; ratio variance with m / (m − 1).
 */
export function designEffect(
  errors: ArrayLike<number>,
  attempts: ArrayLike<number>,
  blocks: number,
): number {
  const bins = Math.min(errors.length, attempts.length)
  const wanted = Math.min(bins, Number.isFinite(blocks) ? Math.floor(blocks) : 0)
  const filled: { errors: number; attempts: number }[] = []
  for (let block = 0; block < wanted; block++) {
    const sum = { errors: 0, attempts: 0 }
    const end = Math.floor(((block + 1) * bins) / wanted)
    for (let i = Math.floor((block * bins) / wanted); i < end; i++) {
      if (!(attempts[i]! > 0) || !(errors[i]! >= 0)) continue
      sum.errors += errors[i]!
      sum.attempts += attempts[i]!
    }
    if (sum.attempts > 0) filled.push(sum)
  }
  const total = filled.reduce((sum, block) => sum + block.attempts, 0)
  const share = filled.reduce((sum, block) => sum + block.errors, 0) / total
  if (filled.length < 2 || !(share > 0 && share < 1)) return 1
  const squares = filled.reduce(
    (sum, block) => sum + (block.errors - share * block.attempts) ** 2,
    0,
  )
  const m = filled.length
  const inflation = ((m / (m - 1)) * squares) / (total * share * (1 - share))
  return Number.isFinite(inflation) ? Math.max(1, inflation) : 1
}
