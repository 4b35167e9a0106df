import { durationMs, elapsed, type EpochMs } from '#domain/units.ts'
import type { AskContext } from '../../polledSource.ts'
import { SourceError } from '../../sourceError.ts'
import type { Connection } from '../connection.ts'
import type { Probe, ProbeId, ProbeResult } from './probe.ts'

type Options = {
  connection: Connection
  /** The way to the organisation, on its budget: a monitor's `ask`. */
  ask: <T>(work: (context: AskContext) => Promise<T>, signal: AbortSignal) => Promise<T>
  /** Calls back once, later; gives the way to take it back. */
  after: (delayMs: number, call: () => void) => () => void
  now: () => EpochMs
  /** Calls off the whole run. */
  signal: AbortSignal
  began: (probe: ProbeId) => void
  ended: (result: ProbeResult) => void
}

/** What a reply can make of findings is bounded, since they are kept. */
export const MOST_FINDINGS = 40
export const LONGEST_FINDING = 1_200

/**
 * Runs probes one after another. What one of them meets, whatever it is, becomes its result and never
 * stops the next. Rejects only where the run is called off or the way out is closed: what ended before
 * stands, and the probe that was under way says nothing.
 */
export async function runProbes(probes: readonly Probe[], options: Options): Promise<void> {
  const { connection, ask, now, signal, began, ended } = options
  for (const probe of probes) {
    signal.throwIfAborted()
    began(probe.id)
    const startedAt = now()
    let told: Told
    try {
      const findings = await ask(
        (context) =>
          probe.read({ context, connection, wait: (ms) => waiting(ms, options.after, context) }),
        signal,
      )
      told = { state: 'works', findings, permission: null }
    } catch (error) {
      if (isCalledOff(error, signal)) throw error
      told = toldOfFailure(error)
    }
    const at = now()
    const tookMs = durationMs(Math.max(0, elapsed(startedAt, at)))
    ended({ probe: probe.id, ...told, findings: bounded(told.findings), at, tookMs })
  }
}

type Told = Pick<ProbeResult, 'state' | 'findings' | 'permission'>

/** An abort is the run's own, or the monitor's that has stopped. */
const isCalledOff = (error: unknown, signal: AbortSignal) =>
  signal.aborted || (error instanceof DOMException && error.name === 'AbortError')

function toldOfFailure(error: unknown): Told {
  if (!(error instanceof SourceError)) {
    const message = error instanceof Error ? error.message : String(error)
    return { state: 'unexpected', findings: [`Not understood: ${message}`], permission: null }
  }
  const { kind, message, details } = error
  return { state: stateOf(kind), findings: [message], permission: details.permission }
}

function stateOf(kind: SourceError['kind']): Told['state'] {
  switch (kind) {
    case 'forbidden':
      return 'forbidden'
    case 'absent':
      return 'absent'
    case 'unexpectedShape':
      return 'unexpected'
    default:
      return 'failed'
  }
}

const bounded = (findings: readonly string[]) =>
  findings
    .slice(0, MOST_FINDINGS)
    .map((one) => (one.length > LONGEST_FINDING ? `${one.slice(0, LONGEST_FINDING - 1)}…` : one))

function waiting(ms: number, after: Options['after'], { signal }: AskContext) {
  return new Promise<void>((resolve, reject) => {
    signal.throwIfAborted()
    let cancel: () => void = () => undefined
    const leave = () => {
      cancel()
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', leave, { once: true })
    cancel = after(ms, () => {
      signal.removeEventListener('abort', leave)
      resolve()
    })
  })
}
