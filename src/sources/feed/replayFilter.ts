import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import type { MetricId } from '#domain/units.ts'
import type { Point } from './feedEntries.ts'

/**
 * Keeps what a feed tells a second time from being counted twice. A feed that no longer knows the
 * reader's place starts again with an hour that was mostly told already; what is not newer than
 * what was passed on before that is left out until the feed has caught up.
 */
export function createReplayFilter() {
  const newestSample = new Map<MetricId, number>()
  const errors = createEventFilter((event: ErrorEvent) => JSON.stringify(event))
  const clients = createEventFilter(({ kind, client }: ClientEvent) => `${kind} ${client}`)
  let toldSamples: ReadonlyMap<MetricId, number> | null = null

  return {
    /** From here on everything may be a repetition. */
    restart() {
      toldSamples = new Map(newestSample)
      errors.restart()
      clients.restart()
    },
    /** The feed has caught up: what comes now is new, however late it is. */
    caughtUp() {
      toldSamples = null
      errors.caughtUp()
      clients.caughtUp()
    },
    points(points: readonly Point[]): Point[] {
      const fresh = points.filter(
        ({ metric, at }) => at > (toldSamples?.get(metric) ?? Number.NEGATIVE_INFINITY),
      )
      for (const { metric, at } of fresh)
        newestSample.set(metric, Math.max(at, newestSample.get(metric) ?? at))
      return fresh
    },
    errors: (events: readonly ErrorEvent[]) => errors.fresh(events),
    clients: (events: readonly ClientEvent[]) => clients.fresh(events),
  }
}

/**
 * The same for events, of which several may come at one instant: `keyOf` tells them apart there.
 */
function createEventFilter<Event extends { at: number }>(keyOf: (event: Event) => string) {
  let newestMs = Number.NEGATIVE_INFINITY
  /** Those of the newest instant only: earlier ones are told apart by time. */
  let atNewest = new Set<string>()
  let told: { ms: number; keys: ReadonlySet<string> } | null = null

  return {
    restart() {
      told = { ms: newestMs, keys: new Set(atNewest) }
    },
    caughtUp() {
      told = null
    },
    fresh(events: readonly Event[]): Event[] {
      const fresh = events.filter(
        (event) =>
          !told || event.at > told.ms || (event.at === told.ms && !told.keys.has(keyOf(event))),
      )
      for (const event of fresh) {
        if (event.at > newestMs) {
          newestMs = event.at
          atNewest = new Set()
        }
        if (event.at === newestMs) atNewest.add(keyOf(event))
      }
      return fresh
    },
  }
}
