import type { Metric } from '#domain/metrics/metric.ts'
import type { Observation } from '#domain/observation.ts'
import type { DurationMs, EpochMs, SourceId } from '#domain/units.ts'

/** What a source is given for one turn. */
export type AskContext = {
  /** Aborted on time-out and when the monitor stops. */
  signal: AbortSignal
  /** The monitor's clock, corrected by the organisation's `Date` header where that is readable. */
  now: () => EpochMs
  /**
   * The only way to the network: waits for the organisation's request budget, counts the request as
   * Tidemark's own footprint, and reads clock and rate headers off every reply.
   */
  fetch: (url: string, init?: RequestInit) => Promise<Response>
}

/** Something that is asked again and again: a call of the catalogue, a feed, a query. */
export type PolledSource = {
  id: SourceId
  /** For people: `Call metrics`. */
  title: string
  everyMs: DurationMs
  /** The series this source feeds, as far as they are known before it answers. */
  metrics: readonly Metric[]
  /**
   * What the asker's role must hold, e.g. `telephony:callMetrics:view`; missing where nothing is
   * needed.
   */
  permissions?: readonly string[]
  /** Asks once. Throws a SourceError, or the signal's reason when it was told to stop. */
  ask: (context: AskContext) => Promise<Observation>
}
