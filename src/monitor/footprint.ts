import type { Clock } from './clock.ts'

const MINUTE_MS = 60_000

/** Counts Tidemark's own requests over the last 60 seconds. */
export function createRequestCounter(clock: Clock) {
  const sent: number[] = []
  let lastAt: number = clock.now()

  function forgetOld() {
    const now = clock.now()
    // A clock that was set back would keep old requests in the window for as long.
    if (now < lastAt) for (let i = 0; i < sent.length; i++) sent[i] = sent[i]! - (lastAt - now)
    lastAt = now
    while (sent.length > 0 && sent[0]! <= now - MINUTE_MS) sent.shift()
    return now
  }

  return {
    /** A request goes out now. Retries are requests too. */
    count() {
      sent.push(forgetOld())
    },
    lastMinute() {
      forgetOld()
      return sent.length
    },
  }
}

export type RequestCounter = ReturnType<typeof createRequestCounter>
