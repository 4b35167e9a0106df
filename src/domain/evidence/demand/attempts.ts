import {
  type Attempts,
  CLIENT_EVENT_KINDS,
  type ClientEvent,
  type ClientEventColumns,
} from './clientEvents.ts'

/** One attempt of one client. */
export type AttemptRow = {
  /** Tells clients apart. */
  client: string
  startMs: number
  /** When it was answered. */
  endMs: number
  failed: boolean
  /** When what was opened was given back; absent where that was not seen. */
  releasedMs?: number
}

const NO_CLIENT = -1

/**
 * Attempts in any order as columns, in the order of their starts (those of one instant as given).
 *
 * Rows whose start is no number are left out. An end before the start counts as the start; a
 * release before the start, or of a failed attempt, as not seen. Cost O(n log n), O(n) when they
 * come in order.
 */
export function attemptColumns(rows: readonly AttemptRow[]): Attempts {
  const kept = inOrder(
    rows.filter(({ startMs }) => Number.isFinite(startMs)),
    (row) => row.startMs,
  )
  const numbers = new Map<string, number>()
  const columns = {
    client: new Int32Array(kept.length),
    startMs: new Float64Array(kept.length),
    endMs: new Float64Array(kept.length),
    failed: new Uint8Array(kept.length),
    releasedMs: new Float64Array(kept.length).fill(Number.NaN),
  }
  for (const [i, { client, startMs, endMs, failed, releasedMs }] of kept.entries()) {
    if (!numbers.has(client)) numbers.set(client, numbers.size)
    columns.client[i] = numbers.get(client) ?? NO_CLIENT
    columns.startMs[i] = startMs
    columns.endMs[i] = endMs >= startMs && endMs < Infinity ? endMs : startMs
    columns.failed[i] = failed ? 1 : 0
    if (!failed && releasedMs !== undefined && releasedMs >= startMs) {
      columns.releasedMs[i] = releasedMs
    }
  }
  return columns
}

/**
 * What clients told of themselves, as attempts: as `attemptsFrom`, of events in any order; those of
 * one instant keep theirs, and the same event told twice counts once. Cost as `attemptColumns`.
 */
export function attemptsOf(events: readonly ClientEvent[]): Attempts {
  const told = toldOnce(events)
  const numbers = new Map<string, number>()
  const numberOf = (client: string) => {
    const known = numbers.get(client) ?? numbers.size
    numbers.set(client, known)
    return known
  }
  return attemptsFrom({
    timeMs: Float64Array.from(told, ({ at }) => at),
    kind: Uint8Array.from(told, ({ kind }) => CLIENT_EVENT_KINDS.indexOf(kind)),
    client: Int32Array.from(told, ({ client }) => numberOf(client)),
    tookMs: Float64Array.from(told, ({ tookMs }) => tookMs),
  })
}

const REFUSED = CLIENT_EVENT_KINDS.indexOf('refused')
const CLOSED = CLIENT_EVENT_KINDS.indexOf('closed')

/**
 * Events of clients, paired to attempts.
 *
 * A `closed` gives back the newest that its client has open: one that was never told then leaves
 * one attempt open and does not shift all later ones. One that meets nothing open (opened before
 * anybody listened) is left out. O(n).
 */
export function attemptsFrom({ timeMs, kind, client, tookMs }: ClientEventColumns): Attempts {
  const count = kind.reduce((sum, one) => sum + (one === CLOSED ? 0 : 1), 0)
  const attempts = {
    client: new Int32Array(count),
    startMs: new Float64Array(count),
    endMs: new Float64Array(count),
    failed: new Uint8Array(count),
    releasedMs: new Float64Array(count).fill(Number.NaN),
  }
  const open = new Map<number, number[]>()
  let next = 0
  for (let i = 0; i < timeMs.length; i++) {
    const mine = open.get(client[i]!)
    if (kind[i] === CLOSED) {
      const newest = mine?.pop()
      if (newest !== undefined) attempts.releasedMs[newest] = timeMs[i]!
      continue
    }
    const took = tookMs[i]! > 0 && tookMs[i]! < Infinity ? tookMs[i]! : 0
    attempts.client[next] = client[i]!
    attempts.startMs[next] = timeMs[i]!
    attempts.endMs[next] = timeMs[i]! + took
    attempts.failed[next] = kind[i] === REFUSED ? 1 : 0
    if (kind[i] !== REFUSED) {
      if (mine) mine.push(next)
      else open.set(client[i]!, [next])
    }
    next += 1
  }
  return attempts
}

/**
 * The events in the order of their times, without those whose time is no number and without
 * repetitions.
 */
function toldOnce(events: readonly ClientEvent[]): ClientEvent[] {
  const ordered = inOrder(
    events.filter(({ at }) => Number.isFinite(at)),
    (event) => event.at,
  )
  let instant = Number.NaN
  const told = new Set<string>()
  return ordered.filter(({ at, kind, client }) => {
    if (at !== instant) told.clear()
    instant = at
    const key = `${kind} ${client}`
    if (told.has(key)) return false
    told.add(key)
    return true
  })
}

/** The same array where it is in order already, as it mostly is. */
function inOrder<T>(items: T[], at: (item: T) => number): T[] {
  const isSorted = items.every((item, i) => i === 0 || at(items[i - 1]!) <= at(item))
  return isSorted ? items : items.toSorted((a, b) => at(a) - at(b))
}
