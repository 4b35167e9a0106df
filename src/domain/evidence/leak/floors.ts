import { finiteSamples } from '../../series/finiteSamples.ts'
import { lowerBound, upperBound } from '../../series/lowerBound.ts'
import type { Series } from '../../series/series.ts'
import { median } from '../../stats/quantile.ts'
import type { Iteration } from '../../timeline/iterations.ts'
import { type EpochMs, epochMs } from '../../units.ts'
import type { Floor } from './leak.ts'

/** Fewer samples are no floor (evidence-methods §3). */
const FEWEST_SAMPLES = 10
/**
 * What may still be falling, in connections and as a share of the drop, for a drain to count as
 * come to rest.
 */
const STILL_FALLING = 2
const STILL_FALLING_SHARE = 0.02
/** What has fallen by less than this, in connections, was no load that went off. */
const LEAST_FALL = 3

export type FloorsOptions = {
  /** Connections of Tidemark's own, taken off every sample. */
  own: number
  /** Up to where the series is known: now, or the window's end. */
  to: EpochMs
}

/**
 * The floor that each iteration leaves: the median of the last half of its drain, if that has at
 * least ten samples and has come to rest (evidence-methods §3). In the units of the series less
 * `own`; one entry per iteration that has begun by `to`, oldest first.
 *
 * A drain lasts from the end of its iteration to the start of the next one. Where nobody marked the
 * end it is looked for in the samples (`drainStart`), and where it is not found the floor is
 * `short`. The drain of the last iteration goes on until `to`: it is `open` until it has come to
 * rest, and where the value has hardly fallen or nobody marked the end, also until it has lasted as
 * long as the shortest drain before it, since the load may come back. Gaps are left out: a drain
 * that was hardly seen is `short`. Cost O(n) for n samples, more only where they are out of order.
 */
export function floorsOf(
  series: Series,
  iterations: readonly Iteration[],
  { own, to }: FloorsOptions,
): Floor[] {
  const { timeMs, value } = finiteSamples(series)
  const used: Series = { timeMs, value: value.map((count) => Math.max(0, count - own)) }
  const begun = iterations.filter(({ from }) => from <= to).toSorted((a, b) => a.from - b.from)
  const closed = begun
    .slice(0, -1)
    .map((iteration, i) => drainOf(used, iteration, begun[i + 1]!.from, false))
  const last = begun.at(-1)
  const floors = closed.map((drain) => floorOf(drain, restOf(drain)))
  return last ? [...floors, lastFloor(drainOf(used, last, to, true), closed)] : floors
}

/** What followed the load of one iteration. */
type Drain = {
  iteration: number
  from: EpochMs
  until: EpochMs
  isMarked: boolean
  timeMs: Float64Array
  value: Float64Array
  /** The lower one of the values around its start; null without samples. */
  before: number | null
  /** Highest value of the whole iteration; null without samples. */
  peak: number | null
}

function drainOf(used: Series, iteration: Iteration, until: EpochMs, isLast: boolean): Drain {
  const { timeMs, value } = used
  const start = lowerBound(timeMs, iteration.from)
  const end = Math.max(start, isLast ? upperBound(timeMs, until) : lowerBound(timeMs, until))
  const isMarked = iteration.to !== null && iteration.to < until
  const off = isMarked ? iteration.to : drainStart(used, start, end)
  const from = epochMs(Math.max(iteration.from, off ?? until))
  const first = off === null ? end : lowerBound(timeMs, from, start, end)
  return {
    iteration: iteration.number,
    from,
    until,
    isMarked,
    timeMs: timeMs.subarray(first, end),
    value: value.subarray(first, end),
    before: start < end ? Math.min(value[start]!, value[start - 1] ?? Infinity) : null,
    peak: start < end ? highest(value, start, end) : null,
  }
}

type Rest = Pick<Floor, 'state' | 'value'>

/** Whether a drain has come to rest, and where. */
function restOf({ value: drain, peak }: Drain): Rest {
  const n = drain.length
  if (n < FEWEST_SAMPLES || peak === null) return { state: 'short', value: null }
  const value = median(drain.subarray(Math.floor(n / 2)))!
  const third = Math.floor(n / 3)
  const before = mean(drain.subarray(third, 2 * third))
  const after = mean(drain.subarray(n - third))
  const allowed = Math.max(STILL_FALLING, STILL_FALLING_SHARE * (peak - value))
  if (after < before - allowed) return { state: 'undrained', value: null }
  return { state: 'settled', value }
}

/** The floor of a drain that may go on. */
function lastFloor(drain: Drain, closed: readonly Drain[]): Floor {
  const rest = restOf(drain)
  const { isMarked, before, peak, from, until } = drain
  const shortestMs = closed
    .filter((one) => restOf(one).state === 'settled')
    .reduce((least, one) => Math.min(least, one.until - one.from), Infinity)
  const hasFallen =
    isMarked && rest.value !== null && fell(before ?? rest.value, peak ?? 0, rest.value)
  const isDone = rest.value !== null && (hasFallen || until - from >= shortestMs)
  return floorOf(drain, isDone ? rest : { state: 'open', value: null })
}

function floorOf({ iteration, from, until, timeMs, peak }: Drain, rest: Rest): Floor {
  const half = timeMs[Math.floor(timeMs.length / 2)]
  return { iteration, from: half === undefined ? from : epochMs(half), to: until, ...rest, peak }
}

/** Whether most of a rise is gone again, and something at all. */
const fell = (before: number, peak: number, floor: number) =>
  floor <= Math.min((before + peak) / 2, peak - LEAST_FALL)

/**
 * When the load went off within samples [start, end) that rise and fall once, though nobody marked
 * it: just after the value was last above the middle between the highest value and where it ended
 * up, single samples aside. Null where it has not fallen by at least half of what it rose, or
 * within fewer than 20 samples. O(samples).
 */
export function drainStart({ timeMs, value }: Series, start: number, end: number): EpochMs | null {
  if (end - start < 2 * FEWEST_SAMPLES) return null
  const last = median(value.subarray(end - FEWEST_SAMPLES, end))!
  const peak = highest(value, start, end)
  if (!fell(value[start]!, peak, last)) return null
  const middle = (peak + last) / 2
  let i = end - 1
  while (i > start && !(value[i]! > middle && value[i - 1]! > middle)) i -= 1
  return i > start && i + 1 < end ? epochMs(timeMs[i + 1]!) : null
}

function highest(value: Float64Array, start: number, end: number): number {
  let peak = -Infinity
  for (let i = start; i < end; i++) if (value[i]! > peak) peak = value[i]!
  return peak
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
