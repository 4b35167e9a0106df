import type { Interval } from '../../stats/interval.ts'
import type { Excess } from './notReleasedExcess.ts'
import { leastSquares, ROUNDING_VARIANCE } from './notReleasedFit.ts'

/**
 * How far the clients of one iteration have closed, 0 to 1, at each instant of the ledger: 0
 * before, 1 for ever after.
 */
export type Closing = Float64Array

/**
 * How what was not released goes away. `steps`: each connection one time-out after it was closed.
 * `exponential`: at any moment with equal chance, one time-out being the mean. `never`: not within
 * what was seen.
 */
export type DecayShape = 'steps' | 'exponential' | 'never'

export type Decay = {
  shape: DecayShape
  /** The time-out in ms with its 95 % interval; null for `never`. */
  timeoutMs: Interval | null
  /** Connections that each closing left behind. */
  held: Float64Array
}

/**
 * Time-outs that are tried: so many, in equal ratios from two samples to the whole time since the
 * first closing.
 */
const TRIED = 40
/**
 * What the decay must explain beyond "never" (far out, since the best of many is taken), and what
 * its interval may lose (χ², 95 %): twice the log-likelihood.
 */
const WORTH_A_DECAY = 12
const WITHIN_INTERVAL = 3.84
/**
 * What is fitted must fall by this share of its highest value somewhere: closings that make up for
 * each other show no time-out.
 */
const LEAST_FALL_SHARE = 0.2
/** Of the squares of the excess, so much must be explained before a time-out is said. */
const LEAST_EXPLAINED = 0.5
const NARROWINGS = 14

/**
 * The time-out after which the server gives back what clients closed and it went on counting,
 * fitted to how their excess falls: each closing leaves an amount of its own, never negative, which
 * goes after the same time. Both shapes are fitted by least squares over all time-outs, and what
 * the data support best is taken, or `never`.
 *
 * The interval is the profile likelihood of 95 %, with as many independent samples as the
 * residuals' autocorrelation leaves, and `stepMs` (the sampling interval) to either side. `excess`
 * is above its baseline and counts where `isQuiet`; columns of one length. Cost O(samples ·
 * closings²) per time-out, about 150 of them: pass some hundred samples.
 */
export function decayOf(
  { timeMs, excess, isQuiet }: Pick<Excess, 'timeMs' | 'excess' | 'isQuiet'>,
  closings: readonly Closing[],
  stepMs: number,
): Decay {
  const n = timeMs.length
  const counting = (column: Float64Array) => column.filter((_, i) => isQuiet[i] === 1)
  const y = counting(excess)
  const fit = (shape: DecayShape, timeoutMs: number) =>
    leastSquares(
      closings.map((closing) => counting(heldAfter(shape, timeMs, closing, timeoutMs))),
      y,
    )
  const never = fit('never', Infinity)
  const result: Decay = { shape: 'never', timeoutMs: null, held: never.amounts }
  const first = timeMs.findIndex((_, i) => closings.some((closing) => closing[i]! > 0))
  const spanMs = timeMs[n - 1]! - (timeMs[Math.max(0, first - 1)] ?? Infinity)
  if (first < 0 || !(spanMs > 4 * stepMs)) return result
  const ratio = (spanMs / (2 * stepMs)) ** (1 / TRIED)
  const tried = Array.from({ length: TRIED + 1 }, (_, i) => 2 * stepMs * ratio ** i)
  const profiles = (['steps', 'exponential'] as const).map((shape) => {
    const leftAt = (at: number) => fit(shape, at).left
    const lefts = tried.map(leftAt)
    const lowest = lefts.reduce((best, left, i) => (left < lefts[best]! ? i : best), 0)
    const neighbour = (i: number) => tried[Math.min(TRIED, Math.max(0, i))]!
    const at = lowestBetween(leftAt, neighbour(lowest - 1), neighbour(lowest + 1))
    return { shape, leftAt, lefts, at, isInside: lowest < TRIED, ...fit(shape, at) }
  })
  const best = profiles.reduce((a, b) => (b.left < a.left ? b : a))
  const weight = independentOf(best.residual)
  const whole = y.reduce((sum, value) => sum + value * value, y.length * ROUNDING_VARIANCE)
  const isWorth = weight * Math.log(never.left / best.left) > WORTH_A_DECAY
  const isExplained = best.left <= (1 - LEAST_EXPLAINED) * whole
  const falls = doesFall(y.map((value, i) => value - best.residual[i]!))
  if (!best.isInside || !isWorth || !isExplained || !falls) return result
  const isWithin = (left: number) => weight * Math.log(left / best.left) <= WITHIN_INTERVAL
  const ends = endsOf(tried, best.lefts.map(isWithin), best.at, (at) => isWithin(best.leftAt(at)))
  return {
    shape: best.shape,
    timeoutMs: {
      value: best.at,
      low: Math.max(0, ends.low - stepMs),
      high: ends.high + stepMs,
    },
    held: best.amounts,
  }
}

function doesFall(fitted: Float64Array): boolean {
  let highest = 0
  let most = 0
  for (const value of fitted) {
    highest = Math.max(highest, value)
    most = Math.max(most, highest - value)
  }
  return most >= LEAST_FALL_SHARE * highest
}

/** What is left, at each instant, of one connection per closing. */
function heldAfter(
  shape: DecayShape,
  timeMs: Float64Array,
  closing: Closing,
  timeoutMs: number,
): Float64Array {
  if (shape === 'never') return closing
  const held = new Float64Array(closing.length)
  if (shape === 'exponential') {
    for (let i = 1; i < held.length; i++) {
      const kept = Math.exp((timeMs[i - 1]! - timeMs[i]!) / timeoutMs)
      held[i] = held[i - 1]! * kept + (closing[i]! - closing[i - 1]!)
    }
    return held
  }
  let before = 0
  for (let i = 0; i < held.length; i++) {
    const at = timeMs[i]! - timeoutMs
    while (before + 1 < held.length && timeMs[before + 1]! <= at) before += 1
    held[i] = closing[i]! - closedAt(timeMs, closing, before, at)
  }
  return held
}

/**
 * How far was closed at an instant at or after sample `before`, in a straight line to the next one;
 * nothing before the first.
 */
function closedAt(timeMs: Float64Array, closing: Closing, before: number, at: number): number {
  if (at < timeMs[0]!) return 0
  const next = Math.min(before + 1, closing.length - 1)
  const length = timeMs[next]! - timeMs[before]!
  const share = length > 0 ? Math.min(1, (at - timeMs[before]!) / length) : 0
  return closing[before]! + share * (closing[next]! - closing[before]!)
}

/** The time-out with the fewest squares left between two that are tried, by golden section. */
function lowestBetween(left: (timeoutMs: number) => number, low: number, high: number): number {
  const golden = (Math.sqrt(5) - 1) / 2
  let [from, to] = [low, high]
  for (let i = 0; i < NARROWINGS; i++) {
    const a = to - golden * (to - from)
    const b = from + golden * (to - from)
    if (left(a) <= left(b)) to = b
    else from = a
  }
  return (from + to) / 2
}

/**
 * The outermost time-outs that fit well enough: where the tried ones say so, narrowed down towards
 * the next that does not.
 */
function endsOf(
  tried: readonly number[],
  isWithin: readonly boolean[],
  best: number,
  check: (timeoutMs: number) => boolean,
) {
  const border = (good: number, bad: number | undefined) => {
    if (bad === undefined) return good
    let [inside, outside] = [good, bad]
    for (let i = 0; i < NARROWINGS; i++) {
      const middle = (inside + outside) / 2
      if (check(middle)) inside = middle
      else outside = middle
    }
    return inside
  }
  const good = [...tried.filter((_, i) => isWithin[i]), best]
  const lowest = good.reduce((a, b) => Math.min(a, b))
  const highest = good.reduce((a, b) => Math.max(a, b))
  return {
    low: border(
      lowest,
      tried.findLast((at) => at < lowest),
    ),
    high: border(
      highest,
      tried.find((at) => at > highest),
    ),
  }
}

/**
 * How many independent samples residuals are worth that hang together: n over the sum of their
 * autocorrelations, up to the first that is not above 0.
 */
function independentOf(residual: Float64Array): number {
  const n = residual.length
  const mean = residual.reduce((sum, value) => sum + value / n, 0)
  const about = residual.map((value) => value - mean)
  const at = (lag: number) => {
    let sum = 0
    for (let i = lag; i < n; i++) sum += about[i]! * about[i - lag]!
    return sum
  }
  const variance = at(0)
  let sum = 1
  for (let lag = 1; lag < n && variance > 0; lag++) {
    const correlation = at(lag) / variance
    if (correlation <= 0) break
    sum += 2 * correlation
  }
  return n / sum
}
