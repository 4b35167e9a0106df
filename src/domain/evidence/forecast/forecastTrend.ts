import type { Series } from '../../series/series.ts'
import { lag1Correlation } from '../../stats/lag1.ts'
import { quantile } from '../../stats/quantile.ts'
import type { Random } from '../../stats/random.ts'
import { medianSlopeOver, selectMedian } from './forecastSlopes.ts'

/**
 * At most so many blocks: 1770 pairs are quick, and finer ones add little (evidence-methods §4).
 */
const MOST_BLOCKS = 60
const PATHS = 200
/**
 * From here on the residuals are taken for a random walk: nothing in so short a window tells the
 * two apart.
 */
const MOST_RHO = 0.98

/** A series in blocks of equally many samples. */
export type Blocks = {
  /** Samples per block. */
  size: number
  /** Of each block: mean time, median, and highest value above the median. */
  timeMs: Float64Array
  level: Float64Array
  excess: Float64Array
}

/**
 * Reduces a series without gaps to at most 60 blocks; the oldest remainder is dropped. O(n
 * log(n/60)).
 */
export function blocksOf({ timeMs, value }: Series): Blocks {
  const size = Math.max(1, Math.floor(value.length / MOST_BLOCKS))
  const count = Math.min(MOST_BLOCKS, Math.floor(value.length / size))
  const first = value.length - count * size
  const blocks: Blocks = {
    size,
    timeMs: new Float64Array(count),
    level: new Float64Array(count),
    excess: new Float64Array(count),
  }
  for (let j = 0; j < count; j++) {
    const start = first + j * size
    const samples = value.slice(start, start + size)
    blocks.timeMs[j] = timeMs.subarray(start, start + size).reduce((sum, at) => sum + at / size, 0)
    blocks.level[j] = selectMedian(samples)
    blocks.excess[j] =
      samples.reduce((most, one) => Math.max(most, one), -Infinity) - blocks.level[j]!
  }
  return blocks
}

/** A line through blocks and how far it could lie elsewhere by chance. */
export type Trend = {
  /** Units per ms (Theil–Sen), and the level at the mean time of the blocks. */
  slope: number
  level: number
  meanMs: number
  /** Lag-1 correlation of what is left, corrected for its bias; 0.98 stands for a random walk. */
  rho: number
  /** Steps from one residual to the next, centred and scaled. */
  innovation: Float64Array
  /** Of each of 200 simulated residual paths: the slope and level that chance alone gave it. */
  chanceSlope: Float64Array
  chanceLevel: Float64Array
  /** Whether the line rises by more than 95 % of chance paths do. */
  isRising: boolean
}

/**
 * The trend of blocks: Theil–Sen with an AR(1) sieve of 200 paths in place of a test that takes
 * samples for independent. At least 5 blocks with rising times. Cost: 201 · 1770 slopes at 60
 * blocks, about 5 ms.
 * Source: evidence-methods §4; Bühlmann 1997, doi:10.2307/3318584; Marriott & Pope 1954,
 * doi:10.1093/biomet/41.3-4.390.
 */
export function trendOf({ timeMs, level: x }: Blocks, random: Random): Trend {
  const m = x.length
  const meanMs = timeMs.reduce((sum, at) => sum + at / m, 0)
  const slopeOf = medianSlopeOver(timeMs)
  const fit = (column: Float64Array) => {
    const slope = slopeOf(column)
    const level = selectMedian(column.map((value, j) => value - slope * (timeMs[j]! - meanMs)))
    return { slope, level }
  }
  const { slope, level } = fit(x)
  const residual = centred(x.map((value, j) => value - level - slope * (timeMs[j]! - meanMs)))
  const rho = persistenceOf(residual, x)
  const innovation = centred(
    residual.subarray(1).map((value, j) => value - rho * residual[j]!),
  ).map((step) => step * Math.sqrt(m / (m - 2)))
  const chanceSlope = new Float64Array(PATHS)
  const chanceLevel = new Float64Array(PATHS)
  const path = new Float64Array(m)
  for (let q = 0; q < PATHS; q++) {
    path[0] = rho >= MOST_RHO ? 0 : drawn(residual, random)
    for (let j = 1; j < m; j++) path[j] = nextOf(path[j - 1]!, rho, drawn(innovation, random))
    const chance = fit(path)
    chanceSlope[q] = chance.slope
    chanceLevel[q] = chance.level
  }
  const isRising = slope - quantile(chanceSlope, 0.95)! > 0
  return { slope, level, meanMs, rho, innovation, chanceSlope, chanceLevel, isRising }
}

/** The residual after this one: the part that persists, and a new step. */
export const nextOf = (residual: number, rho: number, step: number) =>
  (rho >= MOST_RHO ? residual : rho * residual) + step

/** One entry of a column by chance. */
export const drawn = (column: Float64Array, random: Random) =>
  column[Math.floor(random() * column.length)]!

/** Residuals smaller than this, for the values they are left of, are rounding. */
const ROUNDING = 1e-9

function persistenceOf(residual: Float64Array, x: Float64Array): number {
  const largest = (column: Float64Array) =>
    column.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (largest(residual) <= ROUNDING * largest(x)) return 0
  const m = residual.length
  const corrected = (m * (lag1Correlation(residual) ?? 0) + 2) / (m - 4)
  return Math.min(MOST_RHO, Math.max(0, corrected))
}

function centred(column: Float64Array): Float64Array {
  const mean = column.reduce((sum, value) => sum + value / column.length, 0)
  return column.map((value) => value - mean)
}
