import { conditionalOddsRatio, fisherExact } from '../../stats/fisher.ts'
import type { Interval } from '../../stats/interval.ts'
import { newcombeDifference } from '../../stats/proportions.ts'
import type { Random } from '../../stats/random.ts'
import type { ActiveBins } from './activeBins.ts'
import { attributableBounds } from './attributableBounds.ts'
import type { Effect } from './effect.ts'
import type { Verdict } from './verdict.ts'

type Comparison = Pick<
  Verdict,
  | 'errorsAtLimit'
  | 'errorsBelow'
  | 'pAtLimit'
  | 'pBelow'
  | 'pNear'
  | 'difference'
  | 'oddsRatio'
  | 'fisherP'
  | 'binsAtLimit'
  | 'quietBinsAtLimit'
  | 'binsNear'
>

/**
 * The bins at the limit beside those below it, in all the ways a verdict shows: difference of the
 * mean error shares (one vote per bin), and odds of seeing an error at all. Null where either side
 * has no bins. O(n).
 */
export function comparison({ share, errors }: ActiveBins, effect: Effect): Comparison {
  const votes = { wall: 0, below: 0 }
  const seen = { wall: 0, below: 0 }
  for (let i = 0; i < share.length; i++) {
    const side = effect.atLimit[i] ? 'wall' : 'below'
    votes[side] += share[i]!
    seen[side] += errors[i]! > 0 ? 1 : 0
  }
  const { binsAtLimit, binsNear, pAtLimit, pBelow, pNear, errorsAtLimit, errorsBelow } = effect
  const binsBelow = share.length - binsAtLimit
  const table = [
    [seen.wall, binsAtLimit - seen.wall],
    [seen.below, binsBelow - seen.below],
  ] as const
  const hasBoth = binsAtLimit > 0 && binsBelow > 0
  return {
    errorsAtLimit,
    errorsBelow,
    pAtLimit,
    pBelow,
    pNear,
    difference: newcombeDifference(votes.wall, binsAtLimit, votes.below, binsBelow),
    oddsRatio: conditionalOddsRatio(table),
    fisherP: hasBoth ? fisherExact(table).twoSided : null,
    binsAtLimit,
    quietBinsAtLimit: binsAtLimit - seen.wall,
    binsNear,
  }
}

/**
 * The attributable share with its 95 % interval. The estimate gives each bin one vote and the
 * bounds pool attempts, so the interval is widened to hold the estimate. Without bounds it is 0 to
 * 1: nothing is known of how far off the estimate may be.
 */
export function attributableInterval(
  bins: ActiveBins,
  effect: Effect,
  allErrors: number,
  random: Random,
): Interval {
  const value = effect.attributable
  const { low, high } = attributableBounds(bins, effect, allErrors, random) ?? { low: 0, high: 1 }
  return { value, low: Math.min(value, low), high: Math.max(value, high) }
}
