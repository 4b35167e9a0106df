import { type ClockPrecision, formatClock, formatDate } from '../format.ts'
import { DAY_MS, type EpochMs, epochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../units.ts'

type TimeWindow = { readonly from: EpochMs; readonly to: EpochMs }

export type TimeTick = { at: EpochMs; text: string }

const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28, 56, 112].map((days) => days * DAY_MS),
]

/**
 * Round clock times of a zone in a window, `count` of them at most. Midnight is written as its date.
 * A clock time that a change of daylight saving leaves out is left out; one that it repeats is
 * given once.
 */
export function timeTicks(window: TimeWindow, zone: string, count: number): TimeTick[] {
  const least = (window.to - window.from) / Math.max(1, count)
  const longest = STEPS_MS.at(-1)!
  const stepMs =
    STEPS_MS.find((candidate) => candidate >= least) ?? longest * Math.ceil(least / longest)
  const first = Math.ceil((window.from + zoneOffsetMs(window.from, zone)) / stepMs) * stepMs
  const end = window.to + zoneOffsetMs(window.to, zone)
  const ticks: TimeTick[] = []
  for (let local = first; local <= end; local += stepMs) {
    const at = instantOf(local, zone)
    if (at !== null && at >= window.from && at <= window.to && at !== ticks.at(-1)?.at) {
      ticks.push({ at, text: tickText(at, local, stepMs, zone) })
    }
  }
  return ticks
}

/** How exact the clock has to be for windows of this length. */
export const precisionOf = (stepMs: number): ClockPrecision =>
  stepMs < MINUTE_MS ? 'seconds' : 'minutes'

function tickText(at: EpochMs, local: number, stepMs: number, zone: string): string {
  // `Thu 17 Sep 2026`: the year stands at the left of the axis.
  if (local % DAY_MS === 0) return formatDate(at, zone).split(' ').slice(0, 3).join(' ')
  return formatClock(at, zone, precisionOf(stepMs))
}

/** The instant of a clock time (as if it were UTC); null where that time does not exist. */
function instantOf(local: number, zone: string): EpochMs | null {
  const guess = local - zoneOffsetMs(local, zone)
  const at = local - zoneOffsetMs(guess, zone)
  return at + zoneOffsetMs(at, zone) === local ? epochMs(at) : null
}

/** Clocks are changed at full quarters of an hour of UTC; within one a zone's offset stands. */
const QUARTER_MS = 15 * MINUTE_MS
/** Offsets of the quarters that were asked for lately, by zone: an axis asks for the same ones in every frame. */
const offsets = new Map<string, { format: Intl.DateTimeFormat; byQuarter: Map<number, number> }>()
const MOST_QUARTERS = 2_000

/** How far the clocks of a zone are ahead of UTC at an instant. */
export function zoneOffsetMs(at: number, zone: string): number {
  const known = offsets.get(zone) ?? { format: formatIn(zone), byQuarter: new Map() }
  offsets.set(zone, known)
  const quarter = Math.floor(at / QUARTER_MS)
  const before = known.byQuarter.get(quarter)
  if (before !== undefined) return before
  if (known.byQuarter.size >= MOST_QUARTERS) known.byQuarter.clear()
  const offset = offsetAt(quarter * QUARTER_MS, known.format)
  known.byQuarter.set(quarter, offset)
  return offset
}

const formatIn = (zone: string) =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })

/** At a whole second. */
function offsetAt(at: number, format: Intl.DateTimeFormat): number {
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, +value]))
  const local = Date.UTC(
    part['year']!,
    part['month']! - 1,
    part['day'],
    part['hour'],
    part['minute'],
    part['second'],
  )
  return local - at
}
