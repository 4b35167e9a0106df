import { within } from '../series/within.ts'
import type { Series } from '../series/series.ts'
import { slopeInterval } from '../stats/mannKendall.ts'
import { median } from '../stats/quantile.ts'
import {
  type DurationMs,
  durationMs,
  type EpochMs,
  epochMs,
  later,
  MINUTE_MS,
  SECOND_MS,
} from '../units.ts'
import { clockOffset, type MatchCurve, matchCurve } from './clockOffset.ts'
import type { Drift } from './movedSeries.ts'

/** That a clock goes wrong, by how much, and how sure that is. */
export type ClockDrift = Drift & {
  /** The ends of its 95 % interval, in parts per million. */
  lowPpm: number
  highPpm: number
  /** What is added to the instants of the series at `from`, where it begins. */
  movedMs: DurationMs
  /** Half the width of the interval that holds it: as far as the stretches are apart about it. */
  plusMinusMs: DurationMs
  /** By how much more its end is moved than its beginning. */
  endMovesMs: DurationMs
  /** How many stretches of the run that rests on. */
  stretches: number
}

/** Over less than this no clock that is worth its name goes wrong by a second. */
const LEAST_LENGTH_MS = 30 * MINUTE_MS
/** Shorter stretches hold too few changes to be aligned by themselves. */
const STRETCH_MS = 6 * MINUTE_MS
/** Five that rise have p = 1/120: with fewer there is no interval of 95 %. */
const LEAST_STRETCHES = 5
const MOST_STRETCHES = 8
const CONFIDENCE = 0.95
/** Less than this two clocks may be apart unseen. */
const LEAST_MOVE_MS = SECOND_MS
/** How far instants of both sides may be apart: what `matchCurve` looks at. */
const REACH_MS = 2 * MINUTE_MS
const MILLION = 1e6

/**
 * Whether the clock behind a series runs fast or slow beside a reference that counts the same things: offsets
 * found stretch by stretch (`clockOffset`), and the slope through them (Theil–Sen) with Kendall's interval.
 *
 * Null for runs of less than half an hour, where fewer than five stretches can be aligned, where the interval
 * holds zero, and where less than a second would come of it by the end. O(offsets · samples).
 */
export function clockDrift(reference: Series, other: Series): ClockDrift | null {
  const span = sharedSpan(reference, other)
  const lengthMs = span.to - span.from
  if (!(lengthMs >= LEAST_LENGTH_MS)) return null
  const count = Math.min(MOST_STRETCHES, Math.floor(lengthMs / STRETCH_MS))
  const stepMs = lengthMs / count
  const offsets = Float64Array.from({ length: count }, (_, i) =>
    offsetIn(reference, other, later(span.from, i * stepMs), stepMs),
  )
  const stretches = offsets.filter(Number.isFinite).length
  const slope = stretches < LEAST_STRETCHES ? null : slopeInterval(offsets, CONFIDENCE)
  if (!slope || (slope.low <= 0 && slope.high >= 0)) return null
  const from = epochMs(other.timeMs[0]!)
  const lastMs = other.timeMs.at(-1)!
  const perMs = slope.value / stepMs
  const endMovesMs = perMs * (lastMs - from)
  if (Math.abs(endMovesMs) <= LEAST_MOVE_MS) return null
  const atFrom = Array.from(offsets, (offset, i) => {
    // Offsets are found at instants of the reference; on the other clock those are earlier by them.
    const middle = span.from + (i + 0.5) * stepMs - offset
    return offset - perMs * (middle - from)
  }).filter(Number.isFinite)
  const movedMs = median(atFrom)!
  // From five on, the lowest and highest of them hold their median in 94 % and more.
  const apartMs = atFrom.reduce((most, one) => Math.max(most, Math.abs(one - movedMs)), 0)
  return {
    // A clock that runs fast needs less and less added to it.
    ppm: -perMs * MILLION,
    lowPpm: (-slope.high / stepMs) * MILLION,
    highPpm: (-slope.low / stepMs) * MILLION,
    from,
    movedMs: durationMs(Math.round(movedMs)),
    plusMinusMs: durationMs(Math.ceil(apartMs)),
    endMovesMs: durationMs(Math.round(endMovesMs)),
    stretches,
  }
}

/** From where to where the reference knows what the other may hold. */
function sharedSpan({ timeMs: own }: Series, { timeMs }: Series) {
  const from = Math.max(own[0] ?? NaN, (timeMs[0] ?? NaN) - REACH_MS)
  const to = Math.min(own.at(-1) ?? NaN, (timeMs.at(-1) ?? NaN) + REACH_MS)
  return { from: epochMs(from), to: epochMs(to) }
}

/** What must be added to the other's instants in one stretch of the reference; NaN where that cannot be said. */
function offsetIn(reference: Series, other: Series, from: EpochMs, lengthMs: number): number {
  const to = later(from, lengthMs)
  const curve = matchCurve(
    within(reference, from, to),
    within(other, later(from, -REACH_MS), later(to, REACH_MS)),
  )
  const found = clockOffset(curve)
  return found.kind === 'aligned' ? summitOf(curve, found.offsetMs) : NaN
}

/** How far around the best offset the curve is taken for a parabola. */
const SUMMIT_STEPS = 8

/** Where a match is best, between the offsets that were looked at: the summit of the parabola nearest to the curve. */
function summitOf({ offsetMs, match }: MatchCurve, best: number): number {
  const at = offsetMs.indexOf(best)
  const stepMs = offsetMs[1]! - offsetMs[0]!
  const sums = { n: 0, y: 0, u2: 0, u4: 0, uy: 0, u2y: 0 }
  for (let u = -SUMMIT_STEPS; u <= SUMMIT_STEPS; u++) {
    const y = match[at + u] ?? NaN
    sums.n += 1
    sums.y += y
    sums.u2 += u ** 2
    sums.u4 += u ** 4
    sums.uy += u * y
    sums.u2y += u ** 2 * y
  }
  const { n, y, u2, u4, uy, u2y } = sums
  const bend = (n * u2y - u2 * y) / (n * u4 - u2 ** 2)
  const shift = -uy / u2 / (2 * bend)
  // At the edge of the curve, or where it has no summit, the best one looked at has to do.
  return bend < 0 && Math.abs(shift) <= SUMMIT_STEPS ? best + shift * stepMs : best
}
