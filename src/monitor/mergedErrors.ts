import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { EpochMs } from '#domain/units.ts'

/**
 * Two lots of error events as one, oldest first. Events of `added` that `known` has already are left
 * out; where the added ones count more (a second that was reported before it was over), they take
 * the place of the known ones. Null when `added` brings nothing new.
 */
export function mergedErrors(
  known: readonly ErrorEvent[],
  added: readonly ErrorEvent[],
): readonly ErrorEvent[] | null {
  if (added.length === 0) return null
  // A log that is filled at once (a review's, at every step of a clock) knows none of them.
  if (known.length === 0) return added.toSorted((a, b) => a.at - b.at)
  const addedAt = grouped(added, (event) => event.at)
  const knownAt = grouped(
    known.filter((event) => addedAt.has(event.at)),
    (event) => event.at,
  )
  const fresh: ErrorEvent[] = []
  const replaced = new Set<ErrorEvent>()
  for (const [at, events] of addedAt) addNews(events, knownAt.get(at) ?? [], fresh, replaced)
  if (fresh.length === 0) return null
  const kept = replaced.size > 0 ? known.filter((event) => !replaced.has(event)) : known
  return interleaved(
    kept,
    fresh.sort((a, b) => a.at - b.at),
  )
}

/**
 * Equal events of one report as one that counts them all: what the history keeps and other tabs get
 * is then told apart from a report that comes twice.
 */
export function foldedErrors(events: readonly ErrorEvent[]): readonly ErrorEvent[] {
  const equal = grouped(events, (event) => `${event.at} ${keyOf(event)}`)
  if (equal.size === events.length) return events
  return [...equal.values()].map((group) => ({ ...group[0]!, count: total(group) }))
}

/** Compares the events of one instant by what makes them the same. */
function addNews(
  added: readonly ErrorEvent[],
  known: readonly ErrorEvent[],
  fresh: ErrorEvent[],
  replaced: Set<ErrorEvent>,
) {
  // Of an instant that is new every event is, and each one counts at least 1.
  if (known.length === 0) {
    for (const event of added) fresh.push(event)
    return
  }
  const knownByKey = grouped(known, keyOf)
  for (const [key, events] of grouped(added, keyOf)) {
    const before = knownByKey.get(key) ?? []
    if (total(events) <= total(before)) continue
    for (const event of before) replaced.add(event)
    fresh.push(...events)
  }
}

const keyOf = ({ class: errorClass, status, route, app, source, correlationId }: ErrorEvent) =>
  JSON.stringify([errorClass, status, route, app, source, correlationId])

const total = (events: readonly ErrorEvent[]) => events.reduce((sum, { count }) => sum + count, 0)

/** `Map.groupBy`, which Node 20 does not have. */
function grouped<K>(events: readonly ErrorEvent[], key: (event: ErrorEvent) => K) {
  const groups = new Map<K, ErrorEvent[]>()
  for (const event of events) {
    const group = groups.get(key(event))
    if (group) group.push(event)
    else groups.set(key(event), [event])
  }
  return groups
}

/** Merges two lists that are both oldest first; at equal times the earlier known come first. */
function interleaved(one: readonly ErrorEvent[], other: readonly ErrorEvent[]): ErrorEvent[] {
  const merged: ErrorEvent[] = []
  let next = 0
  const takeUntil = (at: EpochMs) => {
    while (next < other.length && other[next]!.at < at) merged.push(other[next++]!)
  }
  for (const event of one) {
    takeUntil(event.at)
    merged.push(event)
  }
  takeUntil(Infinity as EpochMs)
  return merged
}
