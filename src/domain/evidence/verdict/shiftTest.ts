import { circularSums, shiftP, slidingMax } from '../../stats/circularSums.ts'
import { runsAtLimit } from './runsAtLimit.ts'

/** Sums of shares differ by rounding alone below this. */
const TIE = 1e-9
/** The lag −1 covers a sample that was taken just before its bin filled. */
const FIRST_LAG = -1
/** Fewer bins than this before a run do not tell whether the share stepped up. */
const LEAST_BEFORE = 3
/**
 * From so many crossings on coincidence is not replicated that often: the level test alone decides.
 */
const CROSSINGS_ENOUGH = 3
/** A shifted series stays below this quantile of the overlaps in 95 of 100 cases. */
const CONFIDENCE = 0.95

/**
 * Whether errors lie at the limit more closely than any shifted copy of themselves would
 * (evidence-methods §1.2).
 */
export type ShiftTest = {
  /**
   * Overlap of limit and errors per shift (T), in bins' worth of errors, and the best of it within
   * the lags searched (M).
   */
  level: Float64Array
  bestLevel: Float64Array
  /** Step of the error share where the wall is reached, per shift (G). */
  onset: Float64Array
  /** Rises to the wall with room before them (K). */
  crossings: number
  /** Bins looked at on either side of a rise (h), and the longest lag searched (H). */
  reach: number
  longestLag: number
  /** The lag of the largest overlap (l̂), in bins. */
  lag: number
  pLevel: number
  pOnset: number
  /** Decides. */
  p: number
  /**
   * The smallest share of the errors at the limit that this window could have shown (φ); null where
   * errors never vary.
   */
  detectable: number | null
}

/**
 * Shifts the errors of the active bins around the window in all n ways and counts how often they
 * overlap with the limit as much as they do. Both series keep their own shape, so bursts and slow
 * changes cannot make a coincidence look rare, as they do with a test that takes bins for
 * independent. The lag searched is paid for: every shift gets the same maximum.
 *
 * Fewer than three crossings are few coincidences: there the share must also step up when the wall
 * is reached (onset). p is exact where errors come about in the same way all through the window,
 * and never below (H + 2)/n. Columns of equal length; empty ones give p = 1. Cost: O(n · runs) up
 * to 64 runs, else O(n log n), and O(n · H).
 */
export function shiftTest(atLimit: Uint8Array, share: Float64Array): ShiftTest {
  const n = atLimit.length
  const reach = reachOf(n)
  const longestLag = Math.min(30, Math.floor(n / 100))
  const level = circularSums(atLimit, share)
  const bestLevel = slidingMax(level, FIRST_LAG, longestLag)
  const { weights, crossings } = onsetWeights(atLimit, reach)
  const onset = circularSums(weights, share)
  const pLevel = shiftP(bestLevel)
  const pOnset = crossings === 0 ? 1 : shiftP(slidingMax(onset, FIRST_LAG, longestLag))
  return {
    level,
    bestLevel,
    onset,
    crossings,
    reach,
    longestLag,
    lag: bestLag(level, longestLag),
    pLevel,
    pOnset,
    p: crossings >= CROSSINGS_ENOUGH ? pLevel : Math.max(pLevel, pOnset),
    detectable: detectableShare(bestLevel, share),
  }
}

/** How many bins on either side of a rise are compared (h), of n active ones. */
export const reachOf = (n: number) => Math.min(120, Math.max(5, Math.floor(n / 10)))

/**
 * The contrast "after the wall was reached − before" over all runs at the limit (g), and how many
 * runs have room for it (K). Each counts `reach` bins after its start against as many before, as
 * far as it and the room since the run before go.
 */
export function onsetWeights(atLimit: Uint8Array, reach: number) {
  const weights = new Float64Array(atLimit.length)
  let crossings = 0
  let previousEnd = 0
  for (const { from, to } of runsAtLimit(atLimit)) {
    const before = Math.min(reach, from - previousEnd)
    const after = Math.min(reach, to - from)
    previousEnd = to
    if (from === 0 || before < Math.min(LEAST_BEFORE, reach)) continue
    for (let i = from; i < from + after; i++) weights[i]! += 1 / after
    for (let i = from - before; i < from; i++) weights[i]! -= 1 / before
    crossings += 1
  }
  return { weights, crossings }
}

/** The lag with the largest overlap; of equal ones the shortest, and an effect after its cause. */
function bestLag(level: Float64Array, longestLag: number): number {
  let best = 0
  for (let lag = 1; lag <= longestLag; lag++) {
    if (overlapAt(level, lag) > overlapAt(level, best) + TIE) best = lag
  }
  const isEarlier = overlapAt(level, FIRST_LAG) > overlapAt(level, best) + TIE
  const isAsGoodAndNearer = best > 1 && overlapAt(level, FIRST_LAG) > overlapAt(level, best) - TIE
  return isEarlier || isAsGoodAndNearer ? FIRST_LAG : best
}

/** One of the sums over shifts at a lag, which may be negative; 0 where there are none. */
export function overlapAt(sums: Float64Array, lag: number): number {
  const n = sums.length
  return n === 0 ? 0 : sums[((lag % n) + n) % n]!
}

function detectableShare(bestLevel: Float64Array, share: Float64Array): number | null {
  const n = bestLevel.length
  if (n === 0) return null
  const sorted = bestLevel.toSorted()
  const upper = sorted[Math.ceil(CONFIDENCE * n) - 1]!
  const mean = bestLevel.reduce((sum, value) => sum + value, 0) / n
  const all = share.reduce((sum, value) => sum + value, 0)
  // Where nearly every shift covers everything, rounding alone would carry it over 1.
  return all - mean > TIE ? Math.min(1, Math.max(0, (upper - mean) / (all - mean))) : null
}
