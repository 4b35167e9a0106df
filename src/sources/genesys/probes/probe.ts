import type { DurationMs, EpochMs } from '#domain/units.ts'
import type { AskContext } from '../../polledSource.ts'
import type { Connection } from '../connection.ts'

/** The probes of facts §13 that only read, by their number there. */
export const PROBE_IDS = ['P1', 'P2', 'P3', 'P4', 'P6', 'P7', 'P8', 'P10', 'P11', 'P13'] as const
export type ProbeId = (typeof PROBE_IDS)[number]

/** What a probe asks with. */
export type ProbeTools = {
  context: AskContext
  connection: Connection
  /** Lets time pass between two readings. Rejects when the run is called off. */
  wait: (ms: number) => Promise<void>
}

/** A question about this organisation that the documentation leaves open, and the way to settle it. */
export type Probe = {
  id: ProbeId
  title: string
  /** What its answer decides. */
  decides: string
  /** The routes it asks; none where it looks at what is here already. */
  calls: readonly string[]
  /** What the asker's role must hold; any one of them is enough. */
  permissions: readonly string[]
  /** What a person can do besides, to learn more from it. */
  byHand?: string
  /** Asks, and says what came as sentences with numbers. Throws SourceError, as `askJson` does. */
  read: (tools: ProbeTools) => Promise<readonly string[]>
}

/**
 * How a probe ended:
 * - `works` · `forbidden`: a permission is missing · `absent`: the organisation has no such thing
 * - `unexpected`: a reply that is not what was agreed · `failed`: no reply, or not now
 * - `notRun`: never, as far as this browser knows
 */
export const PROBE_STATES = [
  'works',
  'forbidden',
  'absent',
  'unexpected',
  'failed',
  'notRun',
] as const
export type ProbeState = (typeof PROBE_STATES)[number]

/** The word of a state, as screens and copied texts say it. */
export const PROBE_STATE_WORDS: Readonly<Record<ProbeState, string>> = {
  works: 'Works',
  forbidden: 'Forbidden',
  absent: 'Absent',
  unexpected: 'Unexpected',
  failed: 'Failed',
  notRun: 'Not run',
}

/** What a probe found, as plain data. */
export type ProbeResult = {
  probe: ProbeId
  state: Exclude<ProbeState, 'notRun'>
  /** Sentences; where it did not work, the reason. */
  findings: readonly string[]
  /** The missing permission, where the reply or the documentation names it. */
  permission: string | null
  /** When it ended. */
  at: EpochMs
  /** Waiting for the request budget included. */
  tookMs: DurationMs
}
