import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import type { Observation } from '#domain/observation.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'
import { createKnownEvents } from './knownEvents.ts'
import { createKnownSamples } from './knownSamples.ts'

/** What an observation adds to all that is known already. */
export type LogNews = {
  observed: Observation
  /** By how much the values of a metric have grown in sum: for counts, how many were counted. */
  sums: readonly { metric: MetricId; by: number }[]
  errors: readonly { class: ErrorClass; status: number | null; by: number }[]
}

/**
 * Tells news from what was told before: a feed that is read anew repeats its last hour, and so does
 * the monitor that reads it. Limits, markers and metrics come as news already (`Ledger.take`). Sums
 * count what happened from `countFrom` on: an hour told in arrears is no burst of now.
 */
export function createLogNews(countFrom: EpochMs) {
  const samples = createKnownSamples(countFrom)
  const events = createKnownEvents()
  return {
    of(observed: Observation): LogNews {
      const fresh = observed.samples
        .map(({ metric, series }) => ({ metric, ...samples.take(metric, series) }))
        .filter(({ series }) => series.timeMs.length > 0)
      const errors = events.errors(observed.errors)
      return {
        observed: {
          ...observed,
          samples: fresh.map(({ metric, series }) => ({ metric, series })),
          errors: errors.map(({ event }) => event),
          clients: events.clients(observed.clients),
        },
        sums: fresh
          .filter(({ grownBy }) => grownBy !== 0)
          .map(({ metric, grownBy }) => ({ metric, by: grownBy })),
        errors: errors
          .filter(({ event }) => event.at >= countFrom)
          .map(({ event, grownBy }) => ({ class: event.class, status: event.status, by: grownBy })),
      }
    },
  }
}
