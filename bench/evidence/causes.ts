import { poissonFrom, type Random } from '#domain/stats/random.ts'
import { quantile } from '#domain/stats/quantile.ts'
import { between, fullBins, LIMIT, type Usage, usageOf, wander, wholeBetween } from './usage.ts'

/** What happened in a window: the count, and the chance of each attempt to fail, bin by bin. */
export type Happening = Usage & { chance: Float64Array }

type Cause = (usage: Usage, random: Random) => Happening

/** Causes that know nothing of the limit and nothing of the load. */
export const UNRELATED = {
  Poisson: (usage, random) => happening(usage, constant(usage, between(random, 0.02, 0.1))),
  '1–6 bursts': (usage, random) =>
    happening(usage, bursts(usage, wholeBetween(random, 1, 6), random)),
  'one burst': (usage, random) => happening(usage, bursts(usage, 1, random)),
  'outage to the end': (usage, random) => happening(usage, outage(usage, random)),
  'AR(1) bursts': (usage, random) => happening(usage, wandering(usage, random)),
  'share of traffic': (usage, random) => {
    const attempts = usage.value.map((count) => poissonFrom(random, 0.5 + (3.5 * count) / LIMIT))
    return happening({ ...usage, attempts }, constant(usage, 0.05))
  },
} as const satisfies Record<string, Cause>

/** Errors that grow with load and would be the same without a limit: nothing in one window tells them from it. */
export const OF_LOAD = {
  'load, sigmoid at 75 %': (usage) => happening(usage, sigmoid(usage, 0.75)),
  'load, sigmoid at 90 %': (usage) => happening(usage, sigmoid(usage, 0.9)),
} as const satisfies Record<string, Cause>

/** The limit as the cause: chance of failure at it and below it, errors so many bins late. */
export const atTheLimit =
  (high: number, low: number, late = 0): Cause =>
  (usage) => {
    const full = fullBins(usage)
    return happening(
      usage,
      usage.value.map((_, i) => (full[i - late] ? high : low)),
    )
  }

/** The same, and one burst that has nothing to do with it: a small one (n/40 bins in which half fail), or one as in `UNRELATED`. */
export const withBurst =
  (cause: Cause, size: 'small' | 'large'): Cause =>
  (usage, random) => {
    const { chance } = cause(usage, random)
    const burst = size === 'small' ? smallBurst(usage, random) : bursts(usage, 1, random)
    return happening(
      usage,
      chance.map((one, i) => Math.max(one, burst[i]!)),
    )
  }

/**
 * An outage first, whose clients come back and then fill the limit: it fails 80 % for n/20 to n/8 bins; the count jumps from half to the
 * limit 2 to n/30 bins after its beginning and stays there until it ends, or up to as long again.
 */
export function outageFirst(n: number, random: Random): Happening {
  const length = Math.round(between(random, n / 20, n / 8))
  const start = Math.round(between(random, n / 10, (9 * n) / 10 - 2 * length))
  const lead = Math.round(between(random, 2, Math.max(2, Math.min(n / 30, length - 2))))
  const end = start + Math.round(length * between(random, 1, 2))
  const course = Float64Array.from({ length: n }, (_, i) =>
    i >= start + lead && i < end ? 1 : 0.5,
  )
  const usage = usageOf(course, random)
  return happening(
    usage,
    usage.value.map((_, i) => (i >= start && i < start + length ? 0.8 : 0.001)),
  )
}

/** Errors per bin, drawn from the attempts. */
export function errorsOf({ attempts, chance }: Happening, random: Random): Float64Array {
  return attempts.map((count, i) => {
    let failed = 0
    for (let k = 0; k < count; k++) if (random() < chance[i]!) failed += 1
    return failed
  })
}

const happening = (usage: Usage, chance: Float64Array): Happening => ({ ...usage, chance })

const constant = ({ value }: Usage, chance: number) => new Float64Array(value.length).fill(chance)

/** Stretches of n/60 to n/12 bins in which 50–90 % fail; elsewhere one in a thousand. */
function bursts(usage: Usage, count: number, random: Random): Float64Array {
  const chance = constant(usage, 0.001)
  const n = chance.length
  for (let burst = 0; burst < count; burst++) {
    const length = Math.max(2, Math.round(between(random, n / 60, n / 12)))
    const start = Math.floor(random() * (n - length + 1))
    chance.fill(between(random, 0.5, 0.9), start, start + length)
  }
  return chance
}

function smallBurst(usage: Usage, random: Random): Float64Array {
  const chance = constant(usage, 0)
  const length = Math.max(2, Math.round(chance.length / 40))
  const start = Math.floor(random() * (chance.length - length + 1))
  return chance.fill(0.5, start, start + length)
}

/** From some bin on 50–95 % fail, and nobody repairs it. */
function outage(usage: Usage, random: Random): Float64Array {
  const chance = constant(usage, 0.001)
  const start = Math.floor(chance.length * between(random, 0.05, 0.95))
  return chance.fill(between(random, 0.5, 0.95), start)
}

/** 60 % fail in the highest tenth of an AR(1) series with a correlation time of n/40. */
function wandering({ value }: Usage, random: Random): Float64Array {
  const state = wander(value.length, value.length / 40, random, 0, 1)
  const high = quantile(state, 0.9)!
  return state.map((one) => (one >= high ? 0.6 : 0.001))
}

/** Up to 40 % fail, half of that at a share of the limit; the rise takes about 10 % of it. */
const sigmoid = ({ value }: Usage, middle: number) =>
  value.map((count) => 0.4 / (1 + Math.exp(-(count / LIMIT - middle) / 0.025)))
