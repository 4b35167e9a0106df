import { CancelledError, type QueryClient } from '@tanstack/query-core'
import type { Observation } from '#domain/observation.ts'
import type { EpochMs, OrgId } from '#domain/units.ts'
import type { PolledSource } from '#sources/polledSource.ts'
import { SourceError } from '#sources/sourceError.ts'
import type { Timer } from './clock.ts'
import { type Door, observedFetch } from './observedFetch.ts'
import { orgKeys } from './orgKeys.ts'
import { startTurnTimeout, TURN_TIMEOUT_MS } from './turnTimeout.ts'

export type Poll = {
  queryClient: QueryClient
  org: OrgId
  source: PolledSource
  door: Door
  timer: Timer
  /** The organisation's time. */
  now: () => EpochMs
  /** Aborted by whoever stops the monitor. */
  controller: AbortController
}

/**
 * One poll: asks the source, keeps the reply under its key, throws a SourceError, or STOPPED where
 * the turn was called off. Whoever calls decides about the next.
 *
 * The query's own `signal` stays untouched on purpose: once it is read, the last screen that stops
 * looking at this query cancels the running request. And the reply is taken from the source and not
 * from `fetchQuery`, which answers a cancelled fetch with the reply before: it would be recorded twice.
 */
export async function poll(turn: Poll): Promise<Observation> {
  let reply: Observation | null = null
  try {
    await turn.queryClient.fetchQuery({
      queryKey: orgKeys.call(turn.org, turn.source.id),
      queryFn: async () => (reply = await askInTime(turn)),
      // With 0 a reply is fresh until its time has come again after the clock was set back by an hour.
      staleTime: -Infinity,
      gcTime: Infinity,
      retry: false,
      networkMode: 'always',
      // Comparing a reply with the one before finds typed arrays, which are never shared.
      structuralSharing: false,
    })
  } catch (error) {
    throw error instanceof CancelledError ? STOPPED : error
  }
  if (reply === null) throw STOPPED
  return reply
}

/** A source that stops when told may still hand over what it has, e.g. the pages before one that hangs. */
const GRACE_MS = 1_000

/** Asks once; a source that does not listen to its signal is left behind. */
async function askInTime({ source, door, timer, now, controller }: Poll): Promise<Observation> {
  const { signal } = controller
  const timeout = startTurnTimeout(timer, controller)
  let cancelGrace: () => void = () => undefined
  const leftBehind = new Promise<never>((_, reject) => {
    const leave = () => {
      cancelGrace = timer.after(GRACE_MS, () => reject(signal.reason as Error))
    }
    signal.addEventListener('abort', leave, { once: true })
  })
  try {
    const fetch = observedFetch(door, signal, timeout)
    return await Promise.race([source.ask({ signal, now, fetch }), leftBehind])
  } catch (error) {
    throw isStop(error) ? error : sourceErrorOf(error, source)
  } finally {
    timeout.clear()
    cancelGrace()
  }
}

/**
 * What a source throws, as one of the kinds that follow-ups are decided by. Anything else than a
 * SourceError is a reply nobody thought of: it fails as `unexpectedShape`, with its cause.
 */
export function sourceErrorOf(error: unknown, source: PolledSource): SourceError {
  if (error instanceof SourceError) return error
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    const message = `${source.title}: no reply within ${TURN_TIMEOUT_MS / 1000} s.`
    return new SourceError('timeout', message, {}, { cause: error })
  }
  const message = `${source.title}: ${error instanceof Error ? error.message : String(error)}`
  return new SourceError('unexpectedShape', message, {}, { cause: error })
}

/** The reason of an abort that is no failure: the monitor stops asking. */
export const STOPPED = new DOMException('The monitor stopped asking', 'AbortError')
export const isStop = (error: unknown) => error === STOPPED
