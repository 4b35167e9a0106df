import type { Observation } from '#domain/observation.ts'
import type { MarkerKind } from '#domain/timeline/marker.ts'
import type { EpochMs, SourceId } from '#domain/units.ts'
import type { ErrorLog } from './errorLog.ts'
import type { OrgFacts } from './orgFacts.ts'
import type { SeriesStore } from './seriesStore.ts'

/** One organisation being watched. It needs no screen; screens and the recorder read it alike. */
export type OrgMonitor = {
  readonly series: SeriesStore
  readonly errors: ErrorLog
  facts: () => OrgFacts
  /** Hears of new facts, at most once per flush. Returns the way out. */
  subscribe: (listener: () => void) => () => void
  /** The organisation's time: the clock here plus the measured offset. */
  now: () => EpochMs
  /** Takes in what a file or another source brought, as if it had been polled. */
  observe: (observation: Observation) => void
  /** Sets a marker now; gives its id, for undo. */
  mark: (kind: MarkerKind, label: string) => string
  unmark: (id: string) => void
  /** Asks a source now, also one that is off. */
  tryNow: (source: SourceId) => void
  /** Reads an older stretch back from the history into the store. */
  loadHistory: (from: EpochMs, to: EpochMs) => Promise<void>
  stop: () => Promise<void>
}
