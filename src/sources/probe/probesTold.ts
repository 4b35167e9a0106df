import type { EpochMs } from '#domain/units.ts'
import type { ProbeFinding } from './findingRows.ts'

/** What was refused since we began to listen, and why the newest was. */
export type ProbesRefused = {
  count: number
  lastReason: string | null
  lastAtMs: EpochMs | null
}

/** How the probes of one app do. */
export type ProbeAppTold = {
  app: string
  /** That report now. */
  documents: number
  tabs: number
  /** Taken since we began to listen, and refused. */
  reports: number
  refused: number
  /** Of the newest report that was taken. */
  lastAtMs: EpochMs | null
}

/** How the connection probes of one organisation do, and what looks forgotten. */
export type ProbesTold = {
  /** Every app that is expected, also one that is silent. */
  apps: readonly ProbeAppTold[]
  documents: number
  tabs: number
  findings: readonly ProbeFinding[]
  /** Also what could be no organisation's. */
  refused: ProbesRefused
  /** Findings for which there was no room. */
  leftOut: number
}

/** Of an organisation that expects no reports. */
export const NO_PROBES: ProbesTold = {
  apps: [],
  documents: 0,
  tabs: 0,
  findings: [],
  refused: { count: 0, lastReason: null, lastAtMs: null },
  leftOut: 0,
}
