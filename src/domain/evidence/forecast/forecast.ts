import { limitAt } from '../../metrics/limitSteps.ts'
import { finiteSamples } from '../../series/finiteSamples.ts'
import type { Series } from '../../series/series.ts'
import { within } from '../../series/within.ts'
import { quantile } from '../../stats/quantile.ts'
import { type Random, seededRandom } from '../../stats/random.ts'
import { type DurationMs, durationMs, type EpochMs, elapsed, HOUR_MS } from '../../units.ts'
import type { WatchedSeries } from '../watchedSeries.ts'
import { shiftIn } from './forecastShift.ts'
import { type Blocks, blocksOf, drawn, nextOf, type Trend, trendOf } from './forecastTrend.ts'

/** When a metric reaches its limit, if it goes on like this (evidence-methods §4). */
export type Forecast =
  /**
   * 10, 50 and 90 % of the simulated futures have reached it by then; null is "later than three
   * windows".
   */
  | {
      kind: 'trend'
      perHour: number
      in10Ms: DurationMs | null
      in50Ms: DurationMs | null
      in90Ms: DurationMs | null
      /** A short window of a very smooth series: the fan is too narrow. */
      isRough: boolean
      /** How far the futures were followed: three windows. */
      horizonMs?: DurationMs
    }
  | { kind: 'reached' }
  | { kind: 'no-trend' }
  | { kind: 'none'; reason: 'limit-unknown' | 'too-few-samples' }

/** Below these there is no forecast. */
const FEWEST_SAMPLES = 30
const FEWEST_BLOCKS = 20
/** Futures are followed for so many windows. */
const HORIZON_WINDOWS = 3
/** A newest sample older than this share of the window says nothing about now. */
const STALE_SHARE = 0.1
/** A series that shifts again and again is followed back to so many shifts. */
const MOST_SHIFTS = 3
const ROUGH_RHO = 0.95
const ROUGH_BELOW = 300

/**
 * When a metric reaches the limit in force at `to`, if it goes on as it did from `from` to `to`: a
 * robust line with simulated futures around it, or that there is no upward trend. A shift of the
 * level restarts the window behind it.
 *
 * Times count from `to`. Chance is seeded by the length of the window, so that neither two looks at
 * one window nor a window that moves make a screen flicker. About 10 ms after one pass over the
 * samples.
 * Source: evidence-methods §4.
 */
export function forecastOf(
  { series, limits }: WatchedSeries,
  from: EpochMs,
  to: EpochMs,
): Forecast {
  const limit = limitAt(limits, to)
  if (limit === null || !Number.isFinite(limit)) return { kind: 'none', reason: 'limit-unknown' }
  const known = within(finiteSamples(series), from, to)
  const last = known.timeMs.at(-1)
  if (last === undefined || to - last > STALE_SHARE * elapsed(from, to))
    return { kind: 'none', reason: 'too-few-samples' }
  // A limit of 0 is not reached while nothing is in use.
  if (known.value.at(-1)! >= Math.max(limit, Number.MIN_VALUE)) return { kind: 'reached' }
  const samples = behindShifts(known)
  const blocks = blocksOf(samples)
  if (samples.value.length < FEWEST_SAMPLES || blocks.level.length < FEWEST_BLOCKS)
    return { kind: 'none', reason: 'too-few-samples' }
  const random = seededRandom(elapsed(from, to))
  const trend = trendOf(blocks, random)
  if (!trend.isRising) return { kind: 'no-trend' }
  const horizonMs = HORIZON_WINDOWS * (blocks.timeMs.at(-1)! - blocks.timeMs[0]!)
  const passages = passagesOf(blocks, trend, limit, horizonMs, random)
  const inMs = (share: number) => {
    const passage = quantile(passages, share) ?? Infinity
    const fromNow = blocks.timeMs.at(-1)! + passage - to
    return Number.isFinite(passage) ? durationMs(Math.max(0, Math.round(fromNow))) : null
  }
  return {
    kind: 'trend',
    perHour: trend.slope * HOUR_MS,
    in10Ms: inMs(0.1),
    in50Ms: inMs(0.5),
    in90Ms: inMs(0.9),
    isRough: trend.rho > ROUGH_RHO && samples.value.length < ROUGH_BELOW,
    horizonMs: durationMs(Math.round(horizonMs)),
  }
}

/** The samples since the level last shifted; all of them where it did not. */
function behindShifts(samples: Series): Series {
  let { timeMs, value } = samples
  for (let shifts = 0; shifts < MOST_SHIFTS && value.length >= FEWEST_SAMPLES; shifts++) {
    const { size, level } = blocksOf({ timeMs, value })
    const shift = shiftIn(level)
    if (shift === null) break
    const start = value.length - (level.length - shift) * size
    timeMs = timeMs.subarray(start)
    value = value.subarray(start)
  }
  return { timeMs, value }
}

/**
 * When each of the simulated futures first reaches the limit, in ms after the last block; Infinity
 * beyond the horizon. A future is a line that chance could have made of the true one, what persists
 * of today's distance from it, and the peak of some block on top.
 */
function passagesOf(
  { timeMs, level, excess }: Blocks,
  { slope, level: middle, meanMs, rho, innovation, chanceSlope, chanceLevel }: Trend,
  limit: number,
  horizonMs: number,
  random: Random,
): Float64Array {
  const m = timeMs.length
  const lastMs = timeMs[m - 1]!
  const stepMs = (lastMs - timeMs[0]!) / (m - 1)
  return chanceSlope.map((chance, q) => {
    const pace = slope - chance
    const start = middle - chanceLevel[q]! + pace * (lastMs - meanMs)
    let residual = level[m - 1]! - start
    for (let ahead = stepMs; ahead <= horizonMs; ahead += stepMs) {
      residual = nextOf(residual, rho, drawn(innovation, random))
      if (start + pace * ahead + residual + drawn(excess, random) >= limit) return ahead
    }
    return Infinity
  })
}
