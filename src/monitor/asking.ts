import { durationMs, type EpochMs } from '#domain/units.ts'
import { retryAfterOf } from '#sources/exchange.ts'
import type { AskContext } from '#sources/polledSource.ts'
import { createBudget } from './budget.ts'
import type { Timer } from './clock.ts'
import { type Door, observedFetch } from './observedFetch.ts'
import { STOPPED } from './poll.ts'
import { startTurnTimeout } from './turnTimeout.ts'

/**
 * Asks once, on somebody's demand: an audit, a probe, a list to choose from. What `work` throws is
 * passed on; where `signal` aborts, its reason; where the monitor stops, STOPPED.
 */
export type Ask = <T>(work: (context: AskContext) => Promise<T>, signal?: AbortSignal) => Promise<T>

type Options = {
  /** The organisation's: its requests are on the same budget and in the same footprint as polls. */
  door: Door
  timer: Timer
  now: () => EpochMs
  /** Requests a minute this organisation's monitor allows itself at present. */
  allowedPerMinute: () => number
}

/** Few, so that replies that do not come leave places in flight to the polls. */
const MOST_IN_FLIGHT = 2
/** Where a 429 does not say how long (facts §8.3). */
const UNSAID_RETRY_AFTER_MS = durationMs(60_000)

/**
 * The way for what is asked on demand. It gets at most half of what the monitor allows itself (a
 * quarter of what the organisation allows), so that an audit of a hundred requests takes longer and
 * no poll waits for it. A 429 pauses the door, as that of a poll does. Each request has its own
 * time-out; its time in the queue does not count.
 */
export function createAsking({ door, timer, now, allowedPerMinute }: Options) {
  const share = createBudget({ clock: door.clock, timer, mostInFlight: MOST_IN_FLIGHT })
  const stopping = new AbortController()

  async function sendOnce(url: string, init: RequestInit | undefined, signal: AbortSignal) {
    share.setAllowed(allowedPerMinute())
    const release = await share.acquire(signal)
    const hung = new AbortController()
    const timeout = startTurnTimeout(timer, hung)
    const either = AbortSignal.any([signal, hung.signal])
    try {
      const response = await observedFetch(door, either, timeout)(url, { ...init, signal: either })
      const whole = await readWhole(response)
      if (whole.status === 429)
        door.budget.refused(retryAfterOf(whole.headers, null, now()) ?? UNSAID_RETRY_AFTER_MS)
      return whole
    } finally {
      timeout.clear()
      release()
    }
  }

  async function ask<T>(work: (context: AskContext) => Promise<T>, signal?: AbortSignal) {
    const called = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal
    called.throwIfAborted()
    const fetch: AskContext['fetch'] = (url, init) => sendOnce(url, init, called)
    return unlessAborted(called, work({ signal: called, now, fetch }))
  }

  return {
    ask,
    /** Calls off what is under way. */
    stop: () => stopping.abort(STOPPED),
  }
}

/** The body belongs to what the time-out watches: a reply may hang in the middle. */
async function readWhole(response: Response): Promise<Response> {
  if (response.body === null) return response
  const { status, statusText, headers } = response
  return new Response(await response.arrayBuffer(), { status, statusText, headers })
}

/** Work that does not listen to its signal is left behind. */
async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let leave: () => void = () => undefined
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason as Error)
    signal.addEventListener('abort', leave, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
