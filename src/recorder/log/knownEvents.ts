import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import { errorIdentity } from '#sources/history/historyRecord.ts'
import { KNOWN_FOR_MS } from './knownSamples.ts'

/** An error that is new, or counts more than it did: `grownBy` of its count were not known. */
export type NewError = { event: ErrorEvent; grownBy: number }

/** Looking for what is old takes a look at everything. */
const TIDY_EVERY = 5_000

/** The newest errors and acts of clients, to tell news from repetitions. */
export function createKnownEvents() {
  const errors = createKnown()
  const clients = createKnown()
  return {
    errors: (events: readonly ErrorEvent[]): NewError[] =>
      events.flatMap((event) => {
        const grownBy = errors.raise(event.at, errorIdentity(event), event.count)
        return grownBy > 0 ? [{ event, grownBy }] : []
      }),
    clients: (events: readonly ClientEvent[]): ClientEvent[] =>
      events.filter(({ at, kind, client }) => clients.raise(at, `${kind} ${client}`, 1) > 0),
  }
}

/** Counts by instant and name; those long before the newest are forgotten. */
function createKnown() {
  const byInstant = new Map<number, Map<string, number>>()
  let newest = Number.NEGATIVE_INFINITY
  let added = 0

  function tidy() {
    added = 0
    for (const at of byInstant.keys()) if (at < newest - KNOWN_FOR_MS) byInstant.delete(at)
  }

  return {
    /** Raises a count to at least this; gives by how much. */
    raise(at: number, name: string, count: number): number {
      newest = Math.max(newest, at)
      const known = byInstant.get(at) ?? new Map<string, number>()
      byInstant.set(at, known)
      const before = known.get(name) ?? 0
      if (count <= before) return 0
      known.set(name, count)
      added += 1
      if (added >= TIDY_EVERY) tidy()
      return count - before
    },
  }
}
