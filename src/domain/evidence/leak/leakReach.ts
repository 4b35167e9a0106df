import { type LimitSteps, limitAt } from '../../metrics/limitSteps.ts'
import type { Interval } from '../../stats/interval.ts'
import { median } from '../../stats/quantile.ts'
import type { Iteration } from '../../timeline/iterations.ts'
import { type DurationMs, durationMs, type EpochMs, elapsed, epochMs } from '../../units.ts'
import type { Floor, Leak } from './leak.ts'

export type SettledFloor = Floor & { state: 'settled'; value: number; peak: number }

/** How far an iteration rose above the floor before it, and to which peak. */
export type Amplitude = { iteration: number; at: EpochMs; peak: number; value: number }

/** A peak this close to its limit, as a share, was cut by it. */
const CUT_SHARE = 0.99
/** Iterations that are so many periods overdue are not going on. */
const OVERDUE_PERIODS = 2

type Reach = {
  settled: readonly SettledFloor[]
  perIteration: Interval
  amplitudes: readonly Amplitude[]
  run: readonly Iteration[]
  limits: LimitSteps
  own: number
  to: EpochMs
}

/**
 * The iteration in which floor and amplitude together reach the limit in force at `to`, if both go
 * on as they did: the median line of the floors plus the median amplitude, with the ends of the
 * slope's interval, one more to either side where the floors scatter by half of a rise or more
 * (evidence-methods §3). Peaks that the limit itself cut short are left out of the amplitude where
 * there are others. Null where no limit is known, nothing rises, or no amplitude is.
 */
export function reachOf(given: Reach): Leak['reaches'] {
  const { settled, perIteration, amplitudes, limits, own, to } = given
  const limit = limitAt(limits, to)
  const amplitude = amplitudeOf(amplitudes, limits, own)
  if (limit === null || amplitude === null || !(perIteration.value > 0)) return null
  const room = limit - own - amplitude
  const value = iterationAt(settled, perIteration.value, room)
  const isRough = scatterOf(settled, perIteration.value) >= perIteration.value / 2
  const next = settled.at(-1)!.iteration + 1
  const margin = isRough ? 1 : 0
  return {
    value,
    low: Math.max(next, iterationAt(settled, perIteration.high, room) - margin),
    high: iterationAt(settled, perIteration.low, room) + margin,
    isRough,
    ...timeOf(given, value),
  }
}

/** The middle amplitude of those that no limit cut short, or else of all. */
function amplitudeOf(amplitudes: readonly Amplitude[], limits: LimitSteps, own: number) {
  const free = amplitudes.filter(({ at, peak }) => {
    const limit = limitAt(limits, at)
    return limit === null || peak + own < CUT_SHARE * limit
  })
  return median((free.length > 0 ? free : amplitudes).map(({ value }) => value))
}

/**
 * The first iteration after the last floor whose preceding floor, on the line of this slope, is
 * `room` or more.
 */
function iterationAt(settled: readonly SettledFloor[], slope: number, room: number): number {
  if (!(slope > 0)) return Infinity
  const last = settled.at(-1)!.iteration
  const floor = median(settled.map(({ iteration, value }) => value - slope * (iteration - last)))!
  // A hair less, so that rounding does not add an iteration.
  return last + 1 + Math.max(0, Math.ceil((room - floor) / slope - 1e-9))
}

/** Standard deviation of the floors about their line. */
function scatterOf(settled: readonly SettledFloor[], slope: number): number {
  const about = settled.map(({ iteration, value }) => value - slope * iteration)
  const mean = about.reduce((sum, value) => sum + value, 0) / about.length
  const squares = about.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / Math.max(1, about.length - 1))
}

/** When an iteration begins, at the pace of those before it. */
function timeOf(
  { run, to }: Reach,
  iteration: number,
): { at: EpochMs | null; inMs: DurationMs | null } {
  const begun = run.filter(({ from }) => from <= to)
  const newest = begun.at(-1)
  const period = median(begun.slice(1).map(({ from }, i) => elapsed(begun[i]!.from, from)))
  if (!newest || period === null) return { at: null, inMs: null }
  if (elapsed(newest.from, to) > OVERDUE_PERIODS * period) return { at: null, inMs: null }
  const planned = newest.from + (iteration - newest.number) * period
  const at = epochMs(iteration > newest.number ? Math.max(planned, to) : newest.from)
  return { at, inMs: durationMs(Math.max(0, at - to)) }
}
