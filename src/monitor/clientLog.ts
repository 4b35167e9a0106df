import { attemptsOf } from '#domain/evidence/demand/attempts.ts'
import type { Attempts, ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import { lowerBound } from '#domain/series/lowerBound.ts'
import { epochMs, type EpochMs } from '#domain/units.ts'
import { createNotice } from './notice.ts'

/** How many events are kept; the oldest make room. About 20 MB at the very most. */
const MOST_CLIENT_EVENTS = 200_000

/**
 * What the clients of one organisation did where a source tells them apart, oldest first, outside
 * React.
 */
export type ClientLog = {
  /**
   * Takes events in any order. One that is known already (same time, kind and client) is not
   * counted again, so a page of a feed may come twice.
   */
  add: (events: readonly ClientEvent[]) => void
  /** The events in [from, to), newest last. O(log n) and a copy. */
  between: (from: EpochMs, to: EpochMs) => readonly ClientEvent[]
  /** How many there are in [from, to). O(log n). */
  count: (from: EpochMs, to: EpochMs) => number
  /** The same as attempts, each with its end; null while no source has told clients apart. */
  attempts: (from: EpochMs, to: EpochMs) => Attempts | null
  /** Forgets what is older than an instant. */
  dropBefore: (at: EpochMs) => void
  /** What lies before this instant is not complete any more; null while everything is held. */
  incompleteBefore: () => EpochMs | null
  subscribe: (listener: () => void) => () => void
  version: () => number
}

/** A log without events; at most `most` are kept, the newest ones. */
export function createClientLog(
  schedule: (flush: () => void) => void,
  most = MOST_CLIENT_EVENTS,
): ClientLog {
  const notice = createNotice(schedule)
  let events: ClientEvent[] = []
  /** Times of the events, to search in. */
  let timeMs: number[] = []
  let incompleteBefore: EpochMs | null = null

  function keepFrom(index: number) {
    if (index === 0) return
    incompleteBefore = epochMs(timeMs[index] ?? timeMs.at(-1)! + 1)
    events = events.slice(index)
    timeMs = timeMs.slice(index)
  }

  /** Gives up a tenth more than needed, so that a full log is not copied by every event. */
  function makeRoom() {
    if (events.length > most) keepFrom(events.length - Math.ceil(most * 0.9))
  }

  const between = (from: EpochMs, to: EpochMs) =>
    events.slice(lowerBound(timeMs, from), lowerBound(timeMs, to))

  return {
    add(added) {
      const held = incompleteBefore ?? -Infinity
      const kept = added.filter(({ at }) => at >= held).sort((a, b) => a.at - b.at)
      if (kept.length === 0) return
      const start = lowerBound(timeMs, kept[0]!.at)
      const tail = events.slice(start)
      const known = new Set(tail.map(keyOf))
      const news = kept.filter((event) => {
        const key = keyOf(event)
        if (known.has(key)) return false
        known.add(key)
        return true
      })
      if (news.length === 0) return
      events.length = start
      timeMs.length = start
      const merged = tail.length === 0 ? news : [...tail, ...news].sort((a, b) => a.at - b.at)
      for (const event of merged) {
        events.push(event)
        timeMs.push(event.at)
      }
      makeRoom()
      notice.raise()
    },
    between,
    count: (from, to) => lowerBound(timeMs, to) - lowerBound(timeMs, from),
    attempts: (from, to) =>
      events.length > 0 || incompleteBefore !== null ? attemptsOf(between(from, to)) : null,
    dropBefore(at) {
      const index = lowerBound(timeMs, at)
      if (index === 0) return
      keepFrom(index)
      notice.raise()
    },
    incompleteBefore: () => incompleteBefore,
    subscribe: notice.subscribe,
    version: notice.version,
  }
}

const keyOf = ({ at, kind, client }: ClientEvent) => `${at} ${kind} ${client}`
