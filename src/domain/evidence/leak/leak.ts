import type { LimitSteps } from '../../metrics/limitSteps.ts'
import { finiteSamples } from '../../series/finiteSamples.ts'
import { lowerBound } from '../../series/lowerBound.ts'
import type { Series } from '../../series/series.ts'
import type { Interval } from '../../stats/interval.ts'
import { lag1Correlation } from '../../stats/lag1.ts'
import { mannKendall, slopeInterval } from '../../stats/mannKendall.ts'
import { median } from '../../stats/quantile.ts'
import { pairSlopes } from '../../stats/theilSen.ts'
import type { Iteration } from '../../timeline/iterations.ts'
import { type DurationMs, type EpochMs, epochMs } from '../../units.ts'
import { floorsOf } from './floors.ts'
import { type Amplitude, reachOf, type SettledFloor } from './leakReach.ts'

/**
 * The floor an iteration leaves. `undrained`: it had not come to rest. `short`: too few samples.
 * `open`: the drain is still going on.
 */
export type Floor = {
  /** Number of its iteration. */
  iteration: number
  /** The part of the drain that it was read from. */
  from: EpochMs
  to: EpochMs
  state: 'settled' | 'undrained' | 'short' | 'open'
  /** Null unless settled. */
  value: number | null
  /** Highest value of the iteration. */
  peak: number | null
}

export type LeakWord = 'none' | 'suspected' | 'leak' | 'cannot-separate'

/** Whether floors rise from iteration to iteration (evidence-methods §3). */
export type Leak = {
  word: LeakWord
  floors: readonly Floor[]
  /** Settled floors that count. */
  count: number
  /** Mann–Kendall S, and its exact one-sided p; null below two floors. */
  s: number | null
  p: number | null
  /** Rise per iteration (Theil–Sen) with its 90 % interval; null below two floors. */
  perIteration: Interval | null
  /**
   * Iteration in which the limit is reached at this pace; `high` may be Infinity. Null without a
   * leak or limit.
   */
  reaches:
    | (Interval & {
        isRough: boolean
        /**
         * When that iteration begins, as iterations have followed each other; null where they no
         * longer do.
         */
        at: EpochMs | null
        /** How long after the last look that is; 0 for the iteration that goes on. */
        inMs?: DurationMs | null
      })
    | null
  /** Floors wander by themselves: other users of the organisation may do this. */
  doesWander: boolean
  /** Connections of Tidemark's own that were taken off every sample. */
  own: number
}

/**
 * Only so many of the newest iterations are looked at: the work grows with their square, and the
 * pace of days ago is not this one.
 */
const MOST_ITERATIONS = 500
/** Floors that lie further apart, by their numbers, have no pace in common. */
const MOST_APART = 2_000
/** Fewer floors say nothing: p cannot fall below 1/6. */
const FEWEST_FLOORS = 4
const SUSPECTED_P = 0.05
const LEAK_P = 0.01
/** From here on the load of the iterations is said to grow. */
const GROWTH_P = 0.05
/** A rise of all floors together that matters: in connections, and as a share of the peak. */
const LEAST_RISE = 3
const LEAST_RISE_SHARE = 0.01
/**
 * Lag-1 correlation of the floors about their line from which they are said to wander, and how many
 * it takes to see it.
 */
const WANDERING = 0.3
const FEWEST_TO_WANDER = 8

export type LeakInput = {
  series: Series
  limits: LimitSteps
  /**
   * Of one run, oldest first. Where their numbers start again, only those of the newest run with a
   * settled floor count.
   */
  iterations: readonly Iteration[]
  /** Connections of Tidemark's own within the series. */
  own: number
  /** Now, or the window's end. */
  to: EpochMs
}

/**
 * Whether what an iteration leaves open grows from iteration to iteration: exact Mann–Kendall over
 * the settled floors, with the rise per iteration (Theil–Sen) and the iteration in which the limit
 * is reached at this pace.
 *
 * Nothing is called before the fourth floor; `suspected` at the fourth with p ≤ 0.05; `leak` from
 * the fifth with p ≤ 0.01; both only if the floors rise by at least 3 connections and 1 % of the
 * highest peak. Where the load itself grew and a drain had not come to rest, the two cannot be
 * separated. Everything in connections without Tidemark's own. Cost O(samples + floors²).
 * Source: evidence-methods §3; Mann 1945, doi:10.2307/1907187; Sen 1968,
 * doi:10.1080/01621459.1968.10480934.
 */
export function leakOf({ series, limits, iterations, own, to }: LeakInput): Leak {
  const { run, floors } = newestRun(series, iterations, own, to)
  const settled = floors.filter(isSettled)
  const { s, p } = mannKendall(settled.map(({ value }) => value))
  const perIteration = riseOf(settled)
  const amplitudes = amplitudesOf(floors, levelBefore(series, run[0], own))
  const word = wordOf(settled, p, perIteration?.value ?? 0)
  const isUnclear = word !== 'none' && didGrow(amplitudes) && floors.some(isUndrained)
  return {
    word: isUnclear ? 'cannot-separate' : word,
    floors,
    count: settled.length,
    s: settled.length < 2 ? null : s,
    p: settled.length < 2 ? null : p,
    perIteration,
    reaches:
      word === 'leak' && !isUnclear && perIteration
        ? reachOf({ settled, perIteration, amplitudes, run, limits, own, to })
        : null,
    doesWander: doesWander(settled, perIteration?.value ?? 0),
    own,
  }
}

/** The floors of the newest run that has left one, each up to where the next run begins. */
function newestRun(series: Series, iterations: readonly Iteration[], own: number, to: EpochMs) {
  const runs: Iteration[][] = []
  for (const iteration of iterations) {
    const newest = runs.at(-1)
    if (newest && iteration.number > newest.at(-1)!.number) newest.push(iteration)
    else runs.push([iteration])
  }
  let newest: { run: readonly Iteration[]; floors: readonly Floor[] } | null = null
  for (let i = runs.length - 1; i >= 0; i--) {
    const until = epochMs(Math.min(to, runs[i + 1]?.[0]?.from ?? to))
    const run = runs[i]!.slice(-MOST_ITERATIONS)
    const floors = floorsOf(series, run, { own, to: until })
    if (floors.some(isSettled)) return { run, floors }
    newest ??= { run, floors }
  }
  return newest ?? { run: [], floors: [] }
}

function wordOf(settled: readonly SettledFloor[], p: number, perIteration: number): LeakWord {
  const count = settled.length
  if (count < FEWEST_FLOORS) return 'none'
  const span = settled.at(-1)!.iteration - settled[0]!.iteration
  const peak = settled.reduce((highest, floor) => Math.max(highest, floor.peak), 0)
  if (perIteration * span < Math.max(LEAST_RISE, LEAST_RISE_SHARE * peak)) return 'none'
  if (count === FEWEST_FLOORS) return p <= SUSPECTED_P ? 'suspected' : 'none'
  return p <= LEAK_P ? 'leak' : 'none'
}

/**
 * The rise from one iteration to the next, with its 90 % interval. A floor that is missing leaves
 * its place empty. Up to three floors are too few for an interval: it is that of all rises between
 * two of them.
 */
function riseOf(settled: readonly SettledFloor[]): Interval | null {
  const first = settled[0]
  const last = settled.at(-1)
  if (!first || !last || first === last || last.iteration - first.iteration > MOST_APART)
    return null
  const values = new Float64Array(last.iteration - first.iteration + 1).fill(NaN)
  for (const { iteration, value } of settled) values[iteration - first.iteration] = value
  const interval = slopeInterval(values)
  if (interval) return interval
  const rises = pairSlopes(values)
  const value = median(rises)
  return value === null ? null : { value, low: rises[0]!, high: rises.at(-1)! }
}

/**
 * How far each iteration rose above the floor before it, where that is known; `before` is what the
 * first one rose from.
 */
function amplitudesOf(floors: readonly Floor[], before: number | null): Amplitude[] {
  return floors.flatMap(({ iteration, to, peak }, i) => {
    const from = i === 0 ? before : floors[i - 1]!.value
    return peak === null || from === null ? [] : [{ iteration, at: to, peak, value: peak - from }]
  })
}

/** What was open just before an iteration began; null where hardly anything was seen of it. */
function levelBefore(series: Series, first: Iteration | undefined, own: number): number | null {
  if (!first) return null
  const { timeMs, value } = finiteSamples(series)
  const end = lowerBound(timeMs, first.from)
  const before = value.subarray(Math.max(0, end - 10), end)
  return before.length < 3 ? null : Math.max(0, median(before)! - own)
}

const didGrow = (amplitudes: readonly Amplitude[]) =>
  mannKendall(amplitudes.map(({ value }) => value)).p <= GROWTH_P

function doesWander(settled: readonly SettledFloor[], perIteration: number): boolean {
  if (settled.length < FEWEST_TO_WANDER) return false
  const about = settled.map(({ iteration, value }) => value - perIteration * iteration)
  return (lag1Correlation(about) ?? 0) > WANDERING
}

const isUndrained = ({ state }: Floor) => state === 'undrained'

const isSettled = (floor: Floor): floor is SettledFloor =>
  floor.state === 'settled' && floor.value !== null && floor.peak !== null
