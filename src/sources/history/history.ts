import type { Observation } from '#domain/observation.ts'
import type { EpochMs, OrgId } from '#domain/units.ts'

/** Where what is written goes. `memory`: it is lost with the page, and the screen says so with the reason. */
export type HistoryHealth = { kind: 'stored' } | { kind: 'memory'; reason: string; since: EpochMs }

/** What Tidemark remembers of an organisation. Browser: IndexedDB. Tests and fallback: memory. */
export type History = {
  /** Keeps an observation. Never throws: a failing store degrades to memory and tells `health`. */
  write: (org: OrgId, observation: Observation) => void
  /** Everything kept that touches [from, to], oldest first; gaps stay gaps. */
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
