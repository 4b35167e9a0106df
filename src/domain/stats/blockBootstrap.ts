import type { Interval } from './interval.ts'
import { lag1Correlation } from './lag1.ts'
import { normalQuantile, studentQuantile } from './normal.ts'
import { quantile } from './quantile.ts'
import type { Random } from './random.ts'

/** Values in the order in which they were seen, and the chance that draws from them. */
export type BootstrapSide = { values: ArrayLike<number>; random: Random }

type Options = {
  /** What is compared: a mean, a median. */
  statistic: (values: Float64Array) => number
  draws?: number
}

/** Fewer values say nothing of how much their statistic wanders. */
const FEWEST = 10
const DRAWS = 999
const Z_95 = normalQuantile(0.975)

/**
 * How long blocks must be for resampled values to depend on each other as n values with this lag-1
 * correlation do: (3/2)^(1/3) · (2ρ / (1 − ρ²))^(2/3) · n^(1/3), rounded up, at least 1 and at most
 * min(3 √n, n / 3). Not above 1 where neighbours say nothing of each other, or the opposite.
 *
 * Source: Politis & White 2004, Econometric Reviews 23:53–70, for the circular block bootstrap, with
 * the constant as corrected by Patton, Politis & White 2009 (28:372–375) and the sums over all lags
 * those of an AR(1). The bound is theirs.
 */
export function blockLength(n: number, lag1: number): number {
  // From 0.99 on the root has no meaning, and the bound holds anyway.
  const rho = Math.min(0.99, lag1)
  if (!(rho > 0) || !(n > 1)) return 1
  const length = (1.5 * ((2 * rho) / (1 - rho * rho)) ** 2 * n) ** (1 / 3)
  return Math.max(1, Math.ceil(Math.min(length, 3 * Math.sqrt(n), n / 3)))
}

/**
 * The statistic of `b` less that of `a`, with the 95 % interval that a circular block bootstrap
 * leaves: each side is drawn anew in blocks, so that neighbours stay neighbours, and the middle 95 %
 * of the differences are kept.
 *
 * Blocks are few, so that the draws of a side wander too little: their distances from the side's own
 * statistic are widened by √(m / (m − 1)) · t(0.975, m − 1) / z for m blocks. Covers in 91–97 % at lag-1
 * correlations of 0 to 0.9, medians and means of 60 to 400 values (simulated, 400 runs each; without
 * the widening 68–97 %).
 *
 * Gaps (NaN, infinite) are closed up. Null where a side has fewer than ten values. Sides exchanged
 * together with their chance give the exact opposite. Cost: `draws` statistics of either side.
 * Sources: Künsch 1989, Ann. Statist. 17:1217–1241; Politis & Romano 1992 (circular).
 */
export function blockBootstrap(
  a: BootstrapSide,
  b: BootstrapSide,
  { statistic, draws = DRAWS }: Options,
): Interval | null {
  const one = wanderings(a, statistic, draws)
  const other = wanderings(b, statistic, draws)
  if (!one || !other) return null
  const value = other.value - one.value
  const apart = one.by.map((by, i) => other.by[i]! - by)
  const low = quantile(apart, 0.025)
  const high = quantile(apart, 0.975)
  if (!Number.isFinite(value) || low === null || high === null) return null
  return { value, low: value + Math.min(0, low), high: value + Math.max(0, high) }
}

/** The statistic of a side, and how far from it those of its draws lie. */
function wanderings(
  { values: given, random }: BootstrapSide,
  statistic: Options['statistic'],
  draws: number,
): { value: number; by: Float64Array } | null {
  const values = Float64Array.from(given).filter(Number.isFinite)
  const n = values.length
  if (n < FEWEST) return null
  const value = statistic(values)
  const length = blockLength(n, lag1Known(values))
  const wider = widening(n / length)
  const drawn = new Float64Array(n)
  const by = Float64Array.from({ length: draws }, () => {
    for (let at = 0; at < n; at += length) {
      const start = Math.floor(random() * n)
      for (let i = 0; i < length && at + i < n; i++) drawn[at + i] = values[(start + i) % n]!
    }
    return wider * (statistic(drawn) - value)
  })
  return { value, by }
}

/**
 * The lag-1 correlation with its bias about an estimated mean, −(1 + 3 ρ) / n, taken back.
 * Source: Marriott & Pope 1954, Biometrika 41:390–402.
 */
function lag1Known(values: Float64Array): number {
  const rho = lag1Correlation(values) ?? 0
  return rho + (1 + 3 * rho) / values.length
}

/** By how much the draws of so few blocks are widened. */
const widening = (blocks: number) =>
  Math.sqrt(blocks / (blocks - 1)) * (studentQuantile(0.975, blocks - 1) / Z_95)
