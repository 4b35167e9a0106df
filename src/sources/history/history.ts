import type { Metric } from '#domain/metrics/metric.ts'
import type { Observation } from '#domain/observation.ts'
import type { Summaries } from '#domain/series/minuteSummaries.ts'
import type { DurationMs, EpochMs, MetricId, OrgId } from '#domain/units.ts'

/**
 * How many error events one reading gives at most, the newest ones. One more than the monitor holds,
 * so that it notices that there were more.
 */
export const MOST_ERRORS_READ = 200_001

/** Where what is written goes. `memory`: it is lost with the page, and the screen says so with the reason. */
export type HistoryHealth = { kind: 'stored' } | { kind: 'memory'; reason: string; since: EpochMs }

/** What is kept of a stretch of time in steps, and the metrics that are known. */
export type KeptSummaries = {
  metrics: readonly Metric[]
  summaries: readonly { metric: MetricId; steps: Summaries }[]
}

/**
 * What Tidemark remembers of an organisation, in two tiers: samples and errors as they came
 * (`RAW_KEPT_MS`), then what happened in each minute (`SUMMARIES_KEPT_MS`). Browser: IndexedDB.
 * Tests and fallback: memory.
 */
export type History = {
  /** Keeps an observation. Never throws: a failing store degrades to memory and tells `health`. */
  write: (org: OrgId, observation: Observation) => void
  /** Takes a marker back, also one that was kept before this page was opened. */
  removeMarker: (org: OrgId, id: string) => void
  /**
   * Everything kept that touches [from, to], oldest first; gaps stay gaps. Samples are those that
   * are kept as they came, from `samplesFrom` on where that is given. Errors older than that tier
   * are one per minute and kind, without message and correlation id; of all the newest
   * `MOST_ERRORS_READ`. What cannot be read is left out, and `health` says why.
   */
  read: (org: OrgId, from: EpochMs, to: EpochMs, samplesFrom?: EpochMs) => Promise<Observation>
  /**
   * The steps of `stepMs` that begin in [from, to), of every metric that has any: of both tiers,
   * since a minute is summarised as soon as it is kept. `from` and `to` begin a step. What cannot be
   * read is left out, and `health` says why.
   */
  readSummaries: (
    org: OrgId,
    from: EpochMs,
    to: EpochMs,
    stepMs: DurationMs,
  ) => Promise<KeptSummaries>
  /**
   * What answers at once, for an organisation whose past is read from another machine, too; null for
   * one whose is not. Missing where none is.
   */
  here?: (org: OrgId) => Pick<History, 'read' | 'readSummaries'> | null
  /** Resolves when all that was written so far is on disk (or known not to be). */
  flushed: () => Promise<void>
  /** Brings what is too old for one tier to the next, and removes what is too old for both. */
  prune: (now: EpochMs) => Promise<void>
  /** Forgets an organisation. */
  clear: (org: OrgId) => Promise<void>
  health: () => HistoryHealth
  subscribe: (listener: () => void) => () => void
  close: () => Promise<void>
}
