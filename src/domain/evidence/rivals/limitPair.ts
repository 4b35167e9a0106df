import { designEffect } from '../../stats/designEffect.ts'
import { newcombeDifference } from '../../stats/proportions.ts'
import type { EvidenceBins } from '../verdict/evidenceBins.ts'
import type { LimitPair } from './whichLimit.ts'

/** With fewer bins in which only one of them was reached, two limits are one to the eye. */
const FEWEST_EXCLUSIVE = 10
/** Bins per block when the clustering of errors is measured. */
const BLOCK_BINS = 30

/**
 * Two limits, compared in the bins in which only one of them was reached: the difference of the
 * error shares there by Newcombe's interval, on counts divided by the design effect of the bins in
 * which neither was (evidence-methods §8).
 *
 * Both must be on the same grid. Bins that either did not observe, or without attempts where these
 * are known, count for nothing; without known attempts each bin is one try that failed or did not.
 * O(n).
 */
export function limitPair(
  one: EvidenceBins,
  oneAtWall: ArrayLike<number>,
  other: EvidenceBins,
  otherAtWall: ArrayLike<number>,
): Omit<LimitPair, 'one' | 'other'> {
  // Of attempts known for one only, both are judged without.
  const attempts = other.attempts && one.attempts
  const only = { one: emptyTally(), other: emptyTally() }
  const neither = { errors: [] as number[], tries: [] as number[] }
  for (let i = 0; i < one.errors.length; i++) {
    const tries = attempts ? attempts[i]! : 1
    if (!one.isObserved[i] || !other.isObserved[i] || !(tries > 0)) continue
    const errors = attempts ? one.errors[i]! : Math.min(1, one.errors[i]!)
    if (!oneAtWall[i] && !otherAtWall[i]) {
      neither.errors.push(errors)
      neither.tries.push(tries)
      continue
    }
    if (oneAtWall[i] && otherAtWall[i]) continue
    const tally = oneAtWall[i] ? only.one : only.other
    tally.bins += 1
    tally.errors += errors
    tally.tries += tries
  }
  const bins = { binsOnlyOne: only.one.bins, binsOnlyOther: only.other.bins }
  if (Math.min(only.one.bins, only.other.bins) < FEWEST_EXCLUSIVE)
    return { ...bins, difference: null, better: 'cannot-separate' }
  const blocks = Math.floor(neither.tries.length / BLOCK_BINS)
  const deff = designEffect(neither.errors, neither.tries, blocks)
  const difference = newcombeDifference(
    only.one.errors / deff,
    only.one.tries / deff,
    only.other.errors / deff,
    only.other.tries / deff,
  )
  return { ...bins, difference, better: betterOf(difference) }
}

const emptyTally = () => ({ bins: 0, errors: 0, tries: 0 })

function betterOf(difference: LimitPair['difference']): LimitPair['better'] {
  if (difference && difference.low > 0) return 'one'
  return difference && difference.high < 0 ? 'other' : 'cannot-separate'
}
