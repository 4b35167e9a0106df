import { ERROR_CLASSES, type ErrorClass, type ErrorEvent } from '#domain/errors/errorEvent.ts'
import { epochMs, type EpochMs } from '#domain/units.ts'
import { MOST_ERRORS_READ } from '#sources/history/history.ts'
import { createErrorLane } from './errorLane.ts'
import { mergedErrors } from './mergedErrors.ts'
import { createNotice } from './notice.ts'

/** How many events are kept; the oldest make room. About 100 MB at the very most. */
export const MOST_ERROR_EVENTS = MOST_ERRORS_READ - 1

/** The error events of one organisation, oldest first, outside React. */
export type ErrorLog = {
  /**
   * Takes events in any order. One that is known already (same time, class, status, route, app,
   * source and correlation id) is not counted again, so a page of a feed or a stretch of history may
   * come twice; where its count differs, the larger one holds. Equal events in one call are separate failures.
   */
  add: (events: readonly ErrorEvent[]) => void
  /** Sum of counts of one class in [from, to). O(log n). */
  count: (errorClass: ErrorClass, from: EpochMs, to: EpochMs) => number
  /** Sum of counts of one class per column of equal width over [from, to). O(columns), nearly whatever the number of events. */
  columns: (errorClass: ErrorClass, from: EpochMs, to: EpochMs, columns: number) => Float64Array
  /** The events in [from, to), newest last; of all classes or of the given ones. */
  between: (from: EpochMs, to: EpochMs, classes?: ReadonlySet<ErrorClass>) => readonly ErrorEvent[]
  /** The nearest event after (1) or before (−1) an instant, never at it. */
  next: (at: EpochMs, direction: 1 | -1, classes?: ReadonlySet<ErrorClass>) => ErrorEvent | null
  size: () => number
  /** Forgets what is older than an instant. */
  dropBefore: (at: EpochMs) => void
  /**
   * Where events had to be given up for newer ones: what lies before this instant is not complete.
   * Null while everything is held.
   */
  incompleteBefore: () => EpochMs | null
  subscribe: (listener: () => void) => () => void
  version: () => number
}

/** An error log without events; at most `most` are kept, the newest ones. */
export function createErrorLog(
  schedule: (flush: () => void) => void,
  most = MOST_ERROR_EVENTS,
): ErrorLog {
  const notice = createNotice(schedule)
  let events: ErrorEvent[] = []
  let lanes = emptyLanes()
  let incompleteBefore: EpochMs | null = null

  const indexFrom = (at: EpochMs) => firstIndex(events, (event) => event.at >= at)

  function index(from: number) {
    for (let i = from; i < events.length; i++) lanes[events[i]!.class].push(events[i]!)
  }

  /** Holds the events from this one on, which are all from this instant on. */
  function keepFrom(first: number, from: EpochMs) {
    events = events.slice(first)
    incompleteBefore = from
    lanes = emptyLanes()
    index(0)
  }

  /** Gives up a tenth more than needed, so that a full log is not rebuilt by every event. */
  function makeRoom() {
    if (events.length <= most) return
    const first = events.length - Math.ceil(most * 0.9)
    keepFrom(first, events[first]!.at)
  }

  return {
    add(added) {
      const kept = added.filter((event) => !(incompleteBefore && event.at < incompleteBefore))
      if (kept.length === 0) return
      const oldest = epochMs(kept.reduce((least, { at }) => Math.min(least, at), Infinity))
      const start = indexFrom(oldest)
      const tail = mergedErrors(events.slice(start), kept)
      if (!tail) return
      events.length = start
      for (const lane of Object.values(lanes)) lane.cutFrom(oldest)
      for (const event of tail) events.push(event)
      index(start)
      makeRoom()
      notice.raise()
    },
    count: (errorClass, from, to) => lanes[errorClass].count(from, to),
    columns: (errorClass, from, to, columns) => lanes[errorClass].columns(from, to, columns),
    between(from, to, classes) {
      const found = events.slice(indexFrom(from), indexFrom(to))
      return classes ? found.filter((event) => classes.has(event.class)) : found
    },
    next(at, direction, classes) {
      let nearest: ErrorEvent | null = null
      for (const errorClass of classes ?? ERROR_CLASSES) {
        const event = lanes[errorClass].next(at, direction)
        if (event && (!nearest || (event.at - nearest.at) * direction < 0)) nearest = event
      }
      return nearest
    },
    size: () => events.length,
    dropBefore(at) {
      const first = indexFrom(at)
      if (first === 0) return
      keepFrom(first, at)
      notice.raise()
    },
    incompleteBefore: () => incompleteBefore,
    subscribe: notice.subscribe,
    version: notice.version,
  }
}

const emptyLanes = () =>
  Object.fromEntries(ERROR_CLASSES.map((name) => [name, createErrorLane()])) as Record<
    ErrorClass,
    ReturnType<typeof createErrorLane>
  >

/** The first index that holds the condition, in a list where it holds from some index on. */
function firstIndex<T>(list: readonly T[], holds: (item: T) => boolean): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(list[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}
