import type { Observation } from '#domain/observation.ts'
import { DAY_MS, type DurationMs, type EpochMs, type OrgId } from '#domain/units.ts'

/** How long every sample is kept as it came. */
export const RAW_RETENTION_MS = (14 * DAY_MS) as DurationMs

/**
 * How many error events one reading gives at most, the newest ones. One more than the monitor holds,
 * so that it notices that there were more.
 */
export const MOST_ERRORS_READ = 200_001

/** Where what is written goes. `memory`: it is lost with the page, and the screen says so with the reason. */
export type HistoryHealth = { kind: 'stored' } | { kind: 'memory'; reason: string; since: EpochMs }

/** What Tidemark remembers of an organisation. Browser: IndexedDB. Tests and fallback: memory. */
export type History = {
  /** Keeps an observation. Never throws: a failing store degrades to memory and tells `health`. */
  write: (org: OrgId, observation: Observation) => void
  /** Takes a marker back, also one that was kept before this page was opened. */
  removeMarker: (org: OrgId, id: string) => void
  /**
   * Everything kept that touches [from, to], oldest first; gaps stay gaps. Of errors the newest
   * `MOST_ERRORS_READ`. What cannot be read is left out, and `health` says why.
   */
  read: (org: OrgId, from: EpochMs, to: EpochMs) => Promise<Observation>
  /** Resolves when all that was written so far is on disk (or known not to be). */
  flushed: () => Promise<void>
  /** Removes what is older than the retention. */
  prune: (now: EpochMs) => Promise<void>
  /** Forgets an organisation. */
  clear: (org: OrgId) => Promise<void>
  health: () => HistoryHealth
  subscribe: (listener: () => void) => () => void
  close: () => Promise<void>
}
