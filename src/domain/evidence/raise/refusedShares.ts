import { designEffect } from '../../stats/designEffect.ts'
import type { Interval } from '../../stats/interval.ts'
import { studentQuantile } from '../../stats/normal.ts'
import { newcombeDifference } from '../../stats/proportions.ts'

/**
 * Blocks of time that tell how far errors come in clusters, and the quantile that so few of them
 * deserve.
 */
export const BLOCKS = 10
export const T_BLOCKS = studentQuantile(0.975, BLOCKS - 1)

/** Bins of one side, oldest first, and how much each counts. */
export type WeighedBins = {
  errors: ArrayLike<number>
  attempts: ArrayLike<number>
  weight: ArrayLike<number>
}

/** Rejected share of the attempts on one side, as if it rested on `attempts` independent ones. */
type EffectiveShare = { share: number; attempts: number }

/** The rejected shares of two sides and what lies between them. */
export type RefusedShares = {
  before: number
  after: number
  /** after − before. */
  difference: Interval
  /** Rejections before, had they come one by one: 60 in one burst are about one. */
  effectiveBefore: number
}

/**
 * Compares the rejected shares of two sides by Newcombe's interval on effective counts: counts
 * divided by the design effect over ten blocks of time, with t(0.975, 9) in place of z
 * (evidence-methods §6; Rao & Scott 1992).
 *
 * Bins of weight 0 are closed up. Unequal weights cost attempts as by Kish (sum² / sum of squares).
 * Null where a side has no attempts. O(n).
 */
export function refusedShares(before: WeighedBins, after: WeighedBins): RefusedShares | null {
  const one = effectiveShare(before)
  const other = effectiveShare(after)
  if (!one || !other) return null
  const difference = newcombeDifference(
    other.share * other.attempts,
    other.attempts,
    one.share * one.attempts,
    one.attempts,
    T_BLOCKS,
  )
  return (
    difference && {
      before: one.share,
      after: other.share,
      difference,
      effectiveBefore: one.share * one.attempts,
    }
  )
}

function effectiveShare({ errors, attempts, weight }: WeighedBins): EffectiveShare | null {
  const weighed = { errors: [] as number[], attempts: [] as number[] }
  const sum = { errors: 0, attempts: 0, squares: 0 }
  for (let i = 0; i < weight.length; i++) {
    if (!(weight[i]! > 0)) continue
    const e = weight[i]! * errors[i]!
    const a = weight[i]! * attempts[i]!
    weighed.errors.push(e)
    weighed.attempts.push(a)
    sum.errors += e
    sum.attempts += a
    sum.squares += weight[i]! * a
  }
  if (!(sum.attempts > 0)) return null
  const clustered = sum.attempts / designEffect(weighed.errors, weighed.attempts, BLOCKS)
  const kish = sum.attempts ** 2 / sum.squares
  return { share: Math.min(1, sum.errors / sum.attempts), attempts: Math.min(clustered, kish) }
}
