import { usedRatio } from '../../metrics/headroom.ts'
import type { ActiveBins } from './activeBins.ts'

/** Used ratio from which a bin below the wall is near it. */
const NEAR_RATIO = 0.8
/** Fewer bins than this near the wall are no baseline. */
const LEAST_NEAR = 10

/** How much the limit explains, errors moved back by the lag (evidence-methods §1.3). */
export type Effect = {
  /** 1 where a bin is at the limit, moved by the lag (A′); 1 where it is below and near. */
  atLimit: Uint8Array
  near: Uint8Array
  binsAtLimit: number
  binsNear: number
  /**
   * Mean error share at the limit (P1), below it (Pb), near it (Pn, null below ten bins); null
   * where there are no such bins.
   */
  pAtLimit: number | null
  pBelow: number | null
  pNear: number | null
  errorsAtLimit: number
  errorsBelow: number
  /**
   * Share of the errors that would not have happened without the limit (AF); 0 where none was at
   * the limit.
   */
  attributable: number
}

/**
 * The effect of the limit at a lag. `allErrors`: those of the whole window, also of bins that were
 * not observed, which thereby speak against the limit. Errors that merely grow with load are as
 * thick just below the wall, so the larger of Pb and Pn is what the limit is compared with. O(n).
 * Source: Levin 1953, Acta Unio Int. Contra Cancrum 9:531–541.
 */
export function effectOf(bins: ActiveBins, lag: number, allErrors: number): Effect {
  const atLimit = movedBy(bins.atLimit, lag)
  const near = new Uint8Array(atLimit.length)
  for (let i = 0; i < near.length; i++) {
    const isNear = (usedRatio(bins.value[i]!, bins.limit[i]!) ?? 0) >= NEAR_RATIO
    near[i] = isNear && !atLimit[i] ? 1 : 0
  }
  const below = atLimit.map((isAtLimit) => 1 - isAtLimit)
  const [wall, rest, close] = [sumsOver(bins, atLimit), sumsOver(bins, below), sumsOver(bins, near)]
  const pAtLimit = wall.bins > 0 ? wall.share / wall.bins : null
  const pBelow = rest.bins > 0 ? rest.share / rest.bins : null
  const pNear = close.bins >= LEAST_NEAR ? close.share / close.bins : null
  return {
    atLimit,
    near,
    binsAtLimit: wall.bins,
    binsNear: close.bins,
    pAtLimit,
    pBelow,
    pNear,
    errorsAtLimit: wall.errors,
    errorsBelow: rest.errors,
    attributable: attributableShare(
      wall.errors,
      allErrors,
      pAtLimit ?? 0,
      Math.max(pBelow ?? 0, pNear ?? 0),
    ),
  }
}

/**
 * AF as if errors followed at this lag, all that is not at the limit being the baseline; 0 where
 * nothing is at the limit then. For lags beyond those searched. O(n).
 */
export function attributableAt(bins: ActiveBins, lag: number, allErrors: number): number {
  const atLimit = movedBy(bins.atLimit, lag)
  const wall = sumsOver(bins, atLimit)
  const rest = sumsOver(
    bins,
    atLimit.map((isAtLimit) => 1 - isAtLimit),
  )
  if (wall.bins === 0) return 0
  const pBelow = rest.bins > 0 ? rest.share / rest.bins : 0
  return attributableShare(wall.errors, allErrors, wall.share / wall.bins, pBelow)
}

/** share · (1 − P0/P1), never below 0; 0 where nothing failed at the limit. */
export function attributableShare(
  errorsAtLimit: number,
  allErrors: number,
  pAtLimit: number,
  pElse: number,
): number {
  if (!(pAtLimit > 0) || !(allErrors > 0)) return 0
  return (errorsAtLimit / allErrors) * Math.max(0, 1 - pElse / pAtLimit)
}

/**
 * The mask as it was `lag` bins before. What lies beyond the first bin was below; the last bin goes
 * on as it is.
 */
function movedBy(mask: Uint8Array, lag: number): Uint8Array {
  return mask.map((_, i) => mask[Math.min(mask.length - 1, i - lag)] ?? 0)
}

function sumsOver({ share, errors }: ActiveBins, mask: Uint8Array) {
  const sums = { bins: 0, share: 0, errors: 0 }
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue
    sums.bins += 1
    sums.share += share[i]!
    sums.errors += errors[i]!
  }
  return sums
}
