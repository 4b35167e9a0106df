import {
  logWays,
  lowerTail,
  type Margins,
  marginsOf,
  peakOf,
  type TwoByTwo,
  tilted,
  upperTail,
} from './hypergeometric.ts'
import type { Interval } from './interval.ts'

/**
 * Tables whose chances differ by less (relative) are equally likely: rounding must not split a tie
 * (R uses the same).
 */
const TIE = 1e-7

/**
 * Fisher's exact test of [[a, b], [c, d]]. `greater` is P(at least a in the first cell) given the
 * margins, `less` P(at most a), `twoSided` the chance of all tables that are no likelier than this
 * one.
 *
 * Counts are rounded; all three are 1 where a count is negative or not finite, and where the
 * margins leave only one table. It takes every attempt for independent, which attempts over time
 * are not: for display, never for the verdict (evidence-methods §0). Cost grows like the root of
 * the counts.
 * Source: Fisher 1935; two-sided as in R's fisher.test.
 */
export function fisherExact(table: TwoByTwo): { twoSided: number; greater: number; less: number } {
  const margins = marginsOf(table)
  if (margins === null) return { twoSided: 1, greater: 1, less: 1 }
  return {
    twoSided: noLikelier(margins),
    greater: upperTail(margins, margins.seen),
    less: lowerTail(margins, margins.seen),
  }
}

function noLikelier(margins: Margins): number {
  const { least, most, seen } = margins
  const peak = peakOf(margins, 0)
  const highest = logWays(margins, seen) + TIE
  if (logWays(margins, peak) <= highest) return 1
  const isAbove = seen > peak
  // On the other side of the peak the ways fall outward: find the innermost count that has no more
  // of them than the one seen.
  let inner = peak
  let outer = isAbove ? least - 1 : most + 1
  while (Math.abs(inner - outer) > 1) {
    const middle = Math.floor((inner + outer) / 2)
    if (logWays(margins, middle) <= highest) outer = middle
    else inner = middle
  }
  const tails = isAbove
    ? upperTail(margins, seen) + lowerTail(margins, outer)
    : lowerTail(margins, seen) + upperTail(margins, outer)
  return Math.min(1, tails)
}

/**
 * The odds ratio of a table by conditional maximum likelihood, with its exact interval (two
 * one-sided tests of (1 − confidence)/2 each).
 *
 * Where the first cell is as low as the margins allow, value and low are 0; where it is as high,
 * value and high are Infinity. Null where the margins leave only one table (an empty row or
 * column), a count is negative or not finite, or confidence lies outside (0, 1). Cost grows like
 * the root of the counts.
 * Source: Cornfield 1956; as in R's fisher.test, solved to the last digits.
 */
export function conditionalOddsRatio(table: TwoByTwo, confidence = 0.95): Interval | null {
  const margins = marginsOf(table)
  if (margins === null || margins.least === margins.most) return null
  if (!(confidence > 0 && confidence < 1)) return null
  const { least, most, seen } = margins
  const tail = Math.log((1 - confidence) / 2)
  const isLeast = seen === least
  const isMost = seen === most
  const solved = (rising: Rising) => Math.exp(rootOf(rising, rootBound(margins, tail)))
  const value = solved((logOdds) => {
    const { mean, variance } = tilted(margins, logOdds)
    return { value: mean - seen, slope: variance }
  })
  const low = solved((logOdds) => {
    const { mean, atLeast } = tilted(margins, logOdds)
    return { value: Math.log(atLeast.chance) - tail, slope: atLeast.mean - mean }
  })
  const high = solved((logOdds) => {
    const { mean, atMost } = tilted(margins, logOdds)
    return { value: tail - Math.log(atMost.chance), slope: mean - atMost.mean }
  })
  return {
    value: isLeast ? 0 : isMost ? Infinity : value,
    low: isLeast ? 0 : low,
    high: isMost ? Infinity : high,
  }
}

/** A rising function of the log odds with its slope. */
type Rising = (logOdds: number) => { value: number; slope: number }

/**
 * No finite answer lies further out: one step of the count weighs at most N², and the tail asked
 * for is e^tail.
 */
const rootBound = ({ first, second }: Margins, tail: number) =>
  10 - tail + 2 * Math.log(first + second + 1)

/**
 * Where a rising function crosses 0 between −bound and bound: Newton's step while it stays between
 * the signs seen, else the middle.
 */
function rootOf(rising: Rising, bound: number): number {
  let low = -bound
  let high = bound
  let at = 0
  for (let step = 0; step < 200; step++) {
    const { value, slope } = rising(at)
    if (value > 0) high = at
    else low = at
    const newton = at - value / slope
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - at) < 1e-13 * Math.max(1, Math.abs(at))) return next
    at = next
  }
  return at
}
