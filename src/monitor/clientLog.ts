import {
  CLIENT_EVENT_KINDS,
  type ClientEvent,
  type ClientEventColumns,
} from '#domain/evidence/demand/clientEvents.ts'
import { lowerBound } from '#domain/series/lowerBound.ts'
import { epochMs, type EpochMs } from '#domain/units.ts'
import { createNotice } from './notice.ts'

/** How many events are kept; the oldest make room. About 20 MB at the very most. */
const MOST_CLIENT_EVENTS = 200_000

const KIND_NUMBERS = Object.fromEntries(
  CLIENT_EVENT_KINDS.map((kind, number) => [kind, number]),
) as Record<ClientEvent['kind'], number>

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
  /** The same as columns; null while no source has told clients apart. About 5 ms for 200 000. */
  columns: (from: EpochMs, to: EpochMs) => ClientEventColumns | null
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
  /** The number of each event's client: looking up so many names would take longer than a frame. */
  let clients: number[] = []
  let numbers = new Map<string, number>()
  let incompleteBefore: EpochMs | null = null

  function keepFrom(index: number) {
    if (index === 0) return
    incompleteBefore = epochMs(timeMs[index] ?? timeMs.at(-1)! + 1)
    events = events.slice(index)
    timeMs = timeMs.slice(index)
    clients = clients.slice(index)
    if (numbers.size <= 2 * events.length) return
    // Most of these clients are gone for good.
    numbers = new Map()
    clients = events.map(numberOf)
  }

  function numberOf({ client }: ClientEvent): number {
    const known = numbers.get(client)
    if (known !== undefined) return known
    numbers.set(client, numbers.size)
    return numbers.size - 1
  }

  /** Gives up a tenth more than needed, so that a full log is not copied by every event. */
  function makeRoom() {
    if (events.length > most) keepFrom(events.length - Math.ceil(most * 0.9))
  }

  function columns(from: EpochMs, to: EpochMs): ClientEventColumns {
    const first = lowerBound(timeMs, from)
    const count = Math.max(0, lowerBound(timeMs, to) - first)
    const found = {
      timeMs: new Float64Array(count),
      kind: new Uint8Array(count),
      client: new Int32Array(count),
      tookMs: new Float64Array(count),
    }
    for (let i = 0; i < count; i++) {
      const { at, kind, tookMs } = events[first + i]!
      found.timeMs[i] = at
      found.kind[i] = KIND_NUMBERS[kind]
      found.client[i] = clients[first + i]!
      found.tookMs[i] = tookMs
    }
    return found
  }

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
      clients.length = start
      const merged = tail.length === 0 ? news : [...tail, ...news].sort((a, b) => a.at - b.at)
      for (const event of merged) {
        events.push(event)
        timeMs.push(event.at)
        clients.push(numberOf(event))
      }
      makeRoom()
      notice.raise()
    },
    between: (from, to) => events.slice(lowerBound(timeMs, from), lowerBound(timeMs, to)),
    count: (from, to) => lowerBound(timeMs, to) - lowerBound(timeMs, from),
    columns: (from, to) =>
      events.length > 0 || incompleteBefore !== null ? columns(from, to) : null,
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
