import { logChoose } from './gamma.ts'

/** Counts of two groups: [with, without] of the first, [with, without] of the second. */
export type TwoByTwo = readonly [readonly [number, number], readonly [number, number]]

/**
 * What the margins of a table leave open: how many of the `drawn` lie in a first group of `first`,
 * the second holding `second`. Every other cell follows from that one count, which runs from
 * `least` to `most` and is `seen` in this table.
 */
export type Margins = {
  readonly first: number
  readonly second: number
  readonly drawn: number
  readonly least: number
  readonly most: number
  readonly seen: number
}

/**
 * The margins of a table of counts, rounded to whole numbers; null where one is negative or not
 * finite.
 */
export function marginsOf(table: TwoByTwo): Margins | null {
  const cells = table.flat()
  if (!cells.every((cell) => cell >= 0 && Number.isFinite(cell))) return null
  const [a, b, c, d] = cells.map(Math.round) as [number, number, number, number]
  const drawn = a + c
  return {
    first: a + b,
    second: c + d,
    drawn,
    least: Math.max(0, drawn - (c + d)),
    most: Math.min(a + b, drawn),
    seen: a,
  }
}

/** ln of the number of ways to see x in the first group. */
export const logWays = ({ first, second, drawn }: Margins, x: number) =>
  logChoose(first, x) + logChoose(second, drawn - x)

/** The ways to see x + 1, divided by those to see x. Falls with x, so the weights have one peak. */
export const stepUp = ({ first, second, drawn }: Margins, x: number) =>
  ((first - x) * (drawn - x)) / ((x + 1) * (second - drawn + x + 1))

/**
 * The likeliest count at an odds ratio of e^logOdds, by bisection on the falling ratio of
 * neighbours.
 */
export function peakOf(margins: Margins, logOdds: number): number {
  let low = margins.least
  let high = margins.most
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (Math.log(stepUp(margins, middle)) + logOdds > 0) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Terms below this share of the largest are lost in a double's rounding: walks end here, not at the
 * end of the support.
 */
const NEGLIGIBLE = 1e-20

/**
 * Σ weight over x, x ± 1, … outward to the end of the support, with the weight at x as 1. x lies on
 * the falling side of the peak, so the walk is a few standard deviations long however large the
 * counts are.
 */
function sumOutward(margins: Margins, x: number, direction: 1 | -1): number {
  let sum = 0
  let weight = 1
  for (let at = x; weight > sum * NEGLIGIBLE; at += direction) {
    sum += weight
    weight *= direction === 1 ? stepUp(margins, at) : 1 / stepUp(margins, at - 1)
    if (at === (direction === 1 ? margins.most : margins.least)) break
  }
  return sum
}

/** P(count ≥ x) without association, with all digits in the far tail. */
export function upperTail(margins: Margins, x: number): number {
  if (x > margins.most) return 0
  if (x <= margins.least) return 1
  if (x <= peakOf(margins, 0)) return 1 - lowerTail(margins, x - 1)
  return Math.min(1, chanceOf(margins, x) * sumOutward(margins, x, 1))
}

/** P(count ≤ x) without association, with all digits in the far tail. */
export function lowerTail(margins: Margins, x: number): number {
  if (x < margins.least) return 0
  if (x >= margins.most) return 1
  if (x >= peakOf(margins, 0)) return 1 - upperTail(margins, x + 1)
  return Math.min(1, chanceOf(margins, x) * sumOutward(margins, x, -1))
}

const chanceOf = (margins: Margins, x: number) =>
  Math.exp(logWays(margins, x) - logChoose(margins.first + margins.second, margins.drawn))

/**
 * The count at a given odds ratio: its mean and variance, and the chance and mean of what lies on
 * either side of the count seen (it included).
 */
export type Tilted = {
  readonly mean: number
  readonly variance: number
  readonly atLeast: Side
  readonly atMost: Side
}
export type Side = { readonly chance: number; readonly mean: number }

/**
 * The distribution of the count at an odds ratio of e^logOdds (Fisher's noncentral hypergeometric).
 * A walk around its peak, as in the tails.
 */
export function tilted(margins: Margins, logOdds: number): Tilted {
  const peak = peakOf(margins, logOdds)
  const odds = Math.exp(logOdds)
  const all = { weight: 0, moment: 0, square: 0 }
  const above = { weight: 0, moment: 0 }
  const below = { weight: 0, moment: 0 }
  const add = (x: number, weight: number) => {
    // Moments about the peak: about 0 the variance would drown in the square of the mean.
    const offset = x - peak
    all.weight += weight
    all.moment += weight * offset
    all.square += weight * offset * offset
    if (x >= margins.seen) {
      above.weight += weight
      above.moment += weight * offset
    }
    if (x <= margins.seen) {
      below.weight += weight
      below.moment += weight * offset
    }
  }
  for (let x = peak, weight = 1; x <= margins.most && weight > NEGLIGIBLE; x++) {
    add(x, weight)
    weight *= stepUp(margins, x) * odds
  }
  for (let x = peak - 1, weight = 1; x >= margins.least; x--) {
    weight /= stepUp(margins, x) * odds
    if (!(weight > NEGLIGIBLE)) break
    add(x, weight)
  }
  const offset = all.moment / all.weight
  const side = (part: { weight: number; moment: number }): Side => ({
    chance: Math.min(1, part.weight / all.weight),
    mean: part.weight > 0 ? peak + part.moment / part.weight : margins.seen,
  })
  return {
    mean: peak + offset,
    variance: all.square / all.weight - offset * offset,
    atLeast: side(above),
    atMost: side(below),
  }
}
