import type { Verdict } from './verdict.ts'

/** So many looks in a row must agree before a verdict is shown on a moving window. */
export const LOOKS = 3
/** Bins between two of them: closer ones see nearly the same data (evidence-methods §1.5). */
export const LOOK_BINS = 20

/**
 * The verdict of the newest of several looks (newest last), once the last three agree; until then
 * it cannot tell. A screen that looks again and again would otherwise find by chance what one look
 * would not (evidence-methods §1.5: 5.3 % false calls in bursts without this rule, 1.3 % with it).
 * Null without looks.
 */
export function settledVerdict(looks: readonly Verdict[]): Verdict | null {
  const newest = looks.at(-1)
  if (!newest) return null
  const last = looks.slice(-LOOKS)
  const isSettled = last.length === LOOKS && last.every(({ word }) => word === newest.word)
  return isSettled ? newest : { ...newest, word: 'cannot-tell', reason: 'unsettled' }
}
