import type { Comparison, Span } from '../incident/incident.ts'
import { dateTimeText, instantOfText } from '../timeline/dateTimeText.ts'
import { DAY_MS, type EpochMs, epochMs, HOUR_MS, later, MINUTE_MS } from '../units.ts'
import { type ComparableLoad, watchedPart } from './comparableLoad.ts'
import { type ComparableSample, comparableSample } from './comparableSample.ts'
import type { ComparableStretches } from './comparableStretches.ts'

/**
 * How windows were chosen. `same-hours`: the same weekdays and hours, whole weeks apart. `nearest`: as
 * long before the change as after it. `all`: all of the time that each limit had to itself. `by-hand`:
 * somebody moved them.
 */
export type ComparableHow = 'same-hours' | 'nearest' | 'all' | 'by-hand'

/** Two windows, one for each limit. */
export type ComparablePair = { before: Span; after: Span }
export type ComparableChoice = ComparablePair & { how: ComparableHow; sample: ComparableSample }

export type ComparableWindows =
  | {
      kind: 'proposed'
      chosen: ComparableChoice
      /** One of each other way that is possible. */
      others: readonly ComparableChoice[]
    }
  | { kind: 'none'; reason: 'nothing-before' | 'nothing-after' }

/** Less than this on a side is no window. */
const SHORTEST_MS = MINUTE_MS
const SHORTEST_SAME_HOURS_MS = HOUR_MS
const LENGTHS_MS = [
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  16 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  4 * DAY_MS,
]
const MOST_WEEKS = 2

/**
 * Windows before and after a change that can be compared: the same weekday and hour of day where the
 * history is long enough for it, else the nearest time, as short as it may be, else all there is. The
 * first that holds enough attempts, refusals and load alike is chosen; where none does, the one that
 * lacks least. No window crosses a change, or the time in which one may have been.
 *
 * Hours of day are those of `zone`, so that a clock set forward in between moves nobody's lunch.
 */
export function comparableWindows(
  { before, after }: ComparableStretches,
  load: ComparableLoad,
  zone: string,
): ComparableWindows {
  const was = before && watchedPart(load, before)
  if (!was || lengthOf(was) < SHORTEST_MS) return { kind: 'none', reason: 'nothing-before' }
  const is = after && watchedPart(load, after)
  if (!is || lengthOf(is) < SHORTEST_MS) return { kind: 'none', reason: 'nothing-after' }
  const judged = (how: ComparableHow) => (pair: ComparablePair) => choiceOf(how, pair, load)
  const ways = [
    sameHours(was, is, zone).map(judged('same-hours')),
    nearest(was, is).map(judged('nearest')),
    [{ before: was, after: is }].map(judged('all')),
  ].filter((choices) => choices.length > 0)
  const best = ways.map((choices) => choices.reduce(moreEnough))
  const chosen = best.reduce(moreEnough)
  return {
    kind: 'proposed',
    chosen,
    others: best.filter((one) => one !== chosen && !isSamePair(one, chosen)),
  }
}

/** Windows with what they hold; for those that somebody moved, too. */
export const choiceOf = (
  how: ComparableHow,
  { before, after }: ComparablePair,
  load: ComparableLoad,
): ComparableChoice => ({ how, before, after, sample: comparableSample(load, before, after) })

/** Windows moved by hand as far as a change allows: cut to the time its limits had to themselves. */
export function cutToStretches(
  { a, b }: Comparison,
  { before, after }: ComparableStretches,
): ComparablePair | null {
  const was = before && overlap(a, before)
  const is = after && overlap(b, after)
  return was && is ? { before: was, after: is } : null
}

export const isSamePair = (a: ComparablePair, b: ComparablePair) =>
  isSameSpan(a.before, b.before) && isSameSpan(a.after, b.after)
const isSameSpan = (a: Span, b: Span) => a.from === b.from && a.to === b.to
const lengthOf = ({ from, to }: Span) => to - from

/** From what is missed worst to nothing missed. */
const LACKS = ['counts', 'refusals', 'attempts', 'load', 'bursts', null] as const

/** The first of two, unless the second lacks less. */
const moreEnough = (first: ComparableChoice, second: ComparableChoice) =>
  LACKS.indexOf(second.sample.lacks) > LACKS.indexOf(first.sample.lacks) ? second : first

/** As long as possible, the time before laid over the time after, one week apart, then two. */
function sameHours(was: Span, is: Span, zone: string): ComparablePair[] {
  return Array.from({ length: MOST_WEEKS }, (_, i) => 7 * (i + 1)).flatMap((days) => {
    const before = overlap(was, {
      from: onDay(is.from, -days, zone),
      to: onDay(is.to, -days, zone),
    })
    if (!before) return []
    const after = overlap(is, {
      from: onDay(before.from, days, zone),
      to: onDay(before.to, days, zone),
    })
    const isLong = after && Math.min(lengthOf(before), lengthOf(after)) >= SHORTEST_SAME_HOURS_MS
    return isLong ? [{ before, after }] : []
  })
}

/** Equal lengths on both sides of the change, shortest first, up to what both sides have. */
function nearest(was: Span, is: Span): ComparablePair[] {
  const most = Math.min(lengthOf(was), lengthOf(is))
  const lengths = [...LENGTHS_MS.filter((length) => length < most), most]
  return lengths.map((length) => ({
    before: { from: later(was.to, -length), to: was.to },
    after: { from: is.from, to: later(is.from, length) },
  }))
}

function overlap(a: Span, b: Span): Span | null {
  const from = Math.max(a.from, b.from)
  const to = Math.min(a.to, b.to)
  return to - from >= SHORTEST_MS ? { from: epochMs(from), to: epochMs(to) } : null
}

/** The same clock time some days away. */
function onDay(at: EpochMs, days: number, zone: string): EpochMs {
  const wall = Date.parse(`${dateTimeText(at, zone)}Z`) + days * DAY_MS
  const moved = instantOfText(new Date(wall).toISOString().slice(0, 19), zone)
  return moved ?? later(at, days * DAY_MS)
}
