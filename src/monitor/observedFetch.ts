import type { Budget } from './budget.ts'
import type { Clock } from './clock.ts'
import type { OrgClockCheck } from './clockCheck.ts'
import type { RequestCounter } from './footprint.ts'
import { type RateReading, rateReadingOf } from './rateReading.ts'
import type { TurnTimeout } from './turnTimeout.ts'

type Fetch = (url: string, init?: RequestInit) => Promise<Response>

/** A way to the network: what every request through it costs and tells. */
export type Door = {
  fetch: Fetch
  budget: Budget
  counter: RequestCounter
  clock: Clock
  /** Null where the other side's clock is not the organisation's. */
  clockCheck: OrgClockCheck | null
  /** Hears what the reply's headers tell of the rate limit. */
  heardRate: (reading: RateReading) => void
}

/**
 * The fetch that a source is handed for one turn. It waits for the budget, during which the turn's
 * time-out stands still: our own politeness is not the server's failure. A request holds its place
 * in flight until the head of the reply is there.
 */
export function observedFetch(door: Door, signal: AbortSignal, timeout: TurnTimeout): Fetch {
  return async (url, init) => {
    timeout.pause()
    const release = await door.budget.acquire(signal)
    timeout.restart()
    const sentAt = door.clock.now()
    door.counter.count()
    try {
      const response = await door.fetch(url, { ...init, signal: init?.signal ?? signal })
      door.clockCheck?.observe(sentAt, door.clock.now(), response.headers.get('Date'))
      const reading = rateReadingOf(response.headers)
      door.budget.observe(reading)
      door.heardRate(reading)
      return response
    } finally {
      release()
    }
  }
}
