import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { MetricId } from '#domain/units.ts'
import type { Point } from './feedEntries.ts'

/**
 * Keeps what a feed tells a second time from being counted twice. A feed that no longer knows the
 * reader's place starts again with an hour that was mostly told already; what is not newer than
 * what was passed on before that is left out until the feed has caught up.
 */
export function createReplayFilter() {
  const newestSample = new Map<MetricId, number>()
  let newestErrorMs = Number.NEGATIVE_INFINITY
  /** Errors of the newest instant only: earlier ones are told apart by time. */
  let atNewest = new Set<string>()
  let told: {
    samples: ReadonlyMap<MetricId, number>
    errorMs: number
    errors: Set<string>
  } | null = null

  return {
    /** From here on everything may be a repetition. */
    restart() {
      told = { samples: new Map(newestSample), errorMs: newestErrorMs, errors: new Set(atNewest) }
    },
    /** The feed has caught up: what comes now is new, however late it is. */
    caughtUp() {
      told = null
    },
    points(points: readonly Point[]): Point[] {
      const fresh = points.filter(
        ({ metric, at }) => at > (told?.samples.get(metric) ?? Number.NEGATIVE_INFINITY),
      )
      for (const { metric, at } of fresh)
        newestSample.set(metric, Math.max(at, newestSample.get(metric) ?? at))
      return fresh
    },
    errors(errors: readonly ErrorEvent[]): ErrorEvent[] {
      const fresh = errors.filter(
        (event) =>
          !told ||
          event.at > told.errorMs ||
          (event.at === told.errorMs && !told.errors.has(JSON.stringify(event))),
      )
      for (const event of fresh) {
        if (event.at > newestErrorMs) {
          newestErrorMs = event.at
          atNewest = new Set()
        }
        if (event.at === newestErrorMs) atNewest.add(JSON.stringify(event))
      }
      return fresh
    },
  }
}
