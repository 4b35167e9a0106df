import type { ActiveBins } from './activeBins.ts'
import type { Findings, Groundwork } from './decision.ts'
import { attributableAt, type Effect } from './effect.ts'
import type { EvidenceBins } from './evidenceBins.ts'
import { overlapAt, type ShiftTest } from './shiftTest.ts'
import { wallBand, wallMask } from './wallBand.ts'

/** What is known of the bins of a window before anything is tested. O(n). */
export function groundworkOf(bins: EvidenceBins): Groundwork {
  const { value, limit, isObserved, largestStep } = bins
  const errors = bins.errors.reduce((sum, count) => sum + count, 0)
  const observed = isObserved.reduce((sum, one) => sum + one, 0)
  let mayHaveCrossed = false
  for (let i = 0; i < value.length; i++) {
    if (value[i]! + largestStep >= wallBand(limit[i]!).enter) mayHaveCrossed = true
  }
  return {
    errors,
    uncoveredShare: errors > 0 ? bins.errorsUncovered / errors : 0,
    coverage: value.length > 0 ? observed / value.length : 0,
    isEverAtLimit: wallMask(value, limit).includes(1),
    mayHaveCrossed,
  }
}

/**
 * What test and effect say, as the decision asks for it. `allErrors` as in `effectOf`. O(n · lags
 * beyond those searched).
 */
export function findingsOf(
  bins: ActiveBins,
  test: ShiftTest,
  effect: Effect,
  allErrors: number,
): Findings {
  const { atLimit } = bins
  const binsAtLimit = atLimit.reduce((sum, one) => sum + one, 0)
  const followed = atLimit.reduce((sum, one, i) => sum + (one && atLimit[i + 1] ? 1 : 0), 0)
  return {
    binsAboveWithSuccess: binsAboveWithSuccess(bins),
    bins: atLimit.length,
    binsAtLimit,
    followedShare: binsAtLimit > 0 ? followed / binsAtLimit : 0,
    pAtLimit: effect.pAtLimit ?? 0,
    p: test.p,
    pLevel: test.pLevel,
    crossings: test.crossings,
    attributable: effect.attributable,
    detectable: test.detectable,
    laterBy: laterBy(bins, test, allErrors),
    areErrorsFirst: areErrorsFirst(test),
  }
}

/**
 * Usage that stays well past a limit and is served there: this limit is not the wall. A bin that
 * dipped below it proves nothing.
 */
function binsAboveWithSuccess({ lowest, limit, errors, attempts }: ActiveBins): number {
  let count = 0
  for (let i = 0; i < lowest.length; i++) {
    const isAbove = lowest[i]! > 1.02 * limit[i]! + 1
    const hasSuccess = attempts ? attempts[i]! > errors[i]! : errors[i] === 0
    if (isAbove && hasSuccess) count += 1
  }
  return count
}

/** A later overlap must be so much better than the best one searched. */
const CLEARLY = 1.25
const HALF = 0.5

/**
 * The lag beyond those searched, up to a twentieth of the window, at which errors clearly do
 * follow; null where at none.
 */
function laterBy(bins: ActiveBins, test: ShiftTest, allErrors: number): number | null {
  const { level, bestLevel, longestLag } = test
  const searched = bestLevel[0] ?? 0
  const last = Math.max(10, level.length / 20)
  let best: number | null = null
  for (let lag = longestLag + 1; lag <= last; lag++) {
    const overlap = overlapAt(level, lag)
    if (overlap <= CLEARLY * searched) continue
    if (best !== null && overlap <= overlapAt(level, best)) continue
    if (attributableAt(bins, lag, allErrors) >= HALF) best = lag
  }
  return best
}

/** The step of the error share is larger some bins before the wall is reached than where it is. */
const LARGER = 1.1
const LEAST_LEAD = 2

function areErrorsFirst({ onset, reach, longestLag }: ShiftTest): boolean {
  let after = -Infinity
  for (let lag = -1; lag <= longestLag; lag++) after = Math.max(after, overlapAt(onset, lag))
  for (let lead = LEAST_LEAD; lead <= reach; lead++) {
    if (overlapAt(onset, -lead) > LARGER * after) return true
  }
  return false
}
