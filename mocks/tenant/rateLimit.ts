import { neighbourRequests } from '../model/neighbour.ts'

export type RateState = { count: number; allowed: number; resetSec: number; isExceeded: boolean }

const WINDOW_MS = 60_000

export type RateLimitOptions = {
  now: () => number
  /** Requests a minute. */
  allowed: number
  /** Where minutes begin that are shared with a neighbour. */
  startMs: number
  /**
   * The part of the allowance that other clients use, from 0 on; at 1 they use all of it. Left out, each
   * token has an allowance of its own, and nobody else is there.
   */
  neighbourShare?: number | undefined
}

/**
 * Counts requests in windows of a minute; a refused request does not count. A token's window begins with
 * its first request. With a neighbour all tokens and the neighbour share one allowance, in minutes since
 * the start.
 */
export function createRateLimit({ now, allowed, startMs, neighbourShare }: RateLimitOptions) {
  const windows = new Map<string, { startedMs: number; count: number }>()

  function windowOf(token: string, nowMs: number) {
    const minutesOver = Math.floor((nowMs - startMs) / WINDOW_MS)
    const [name, startedMs] =
      neighbourShare === undefined ? [token, nowMs] : ['', startMs + minutesOver * WINDOW_MS]
    const known = windows.get(name)
    const isCurrent =
      known !== undefined && nowMs >= known.startedMs && nowMs - known.startedMs < WINDOW_MS
    const current = isCurrent ? known : { startedMs, count: 0 }
    windows.set(name, current)
    return current
  }

  return {
    count(token: string): RateState {
      const nowMs = now()
      const current = windowOf(token, nowMs)
      const intoMs = nowMs - current.startedMs
      const others =
        neighbourShare === undefined ? 0 : neighbourRequests(neighbourShare * allowed, intoMs)
      const isExceeded = current.count + others >= allowed
      if (!isExceeded) current.count += 1
      const resetSec = Math.max(1, Math.ceil((WINDOW_MS - intoMs) / 1000))
      return { count: Math.min(allowed, current.count + others), allowed, resetSec, isExceeded }
    },
  }
}

/** The headers that the platform sent in 2021 logs (facts §1.6.3). */
export const rateHeaders = ({ count, allowed, resetSec }: RateState): Record<string, string> => ({
  'inin-ratelimit-count': String(count),
  'inin-ratelimit-allowed': String(allowed),
  'inin-ratelimit-reset': String(resetSec),
})
