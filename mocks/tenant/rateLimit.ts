import type { NamedLimit } from './reply.ts'

/** Requests a minute that one token may make (facts §8.1). */
export const TOKEN_RATE_PER_MINUTE = 300

export const TOKEN_RATE_LIMIT: NamedLimit = {
  namespace: 'platform.api',
  key: 'token.rate.per.minute',
  value: TOKEN_RATE_PER_MINUTE,
}

export type RateState = { count: number; allowed: number; resetSec: number; isExceeded: boolean }

/**
 * Counts requests per token in windows of a minute, which begin with a token's first request. A
 * refused request does not count.
 */
export function createRateLimit(now: () => number, allowed = TOKEN_RATE_PER_MINUTE) {
  const windows = new Map<string, { startedMs: number; count: number }>()
  return {
    count(token: string): RateState {
      const known = windows.get(token)
      const nowMs = now()
      const isCurrent =
        known !== undefined && nowMs >= known.startedMs && nowMs - known.startedMs < 60_000
      const current = isCurrent ? known : { startedMs: nowMs, count: 0 }
      windows.set(token, current)
      const isExceeded = current.count >= allowed
      if (!isExceeded) current.count += 1
      const resetSec = Math.max(1, Math.ceil((current.startedMs + 60_000 - nowMs) / 1000))
      return { count: current.count, allowed, resetSec, isExceeded }
    },
  }
}

/** The headers that the platform sent in 2021 logs (facts §1.6.3). */
export const rateHeaders = ({ count, allowed, resetSec }: RateState): Record<string, string> => ({
  'inin-ratelimit-count': String(count),
  'inin-ratelimit-allowed': String(allowed),
  'inin-ratelimit-reset': String(resetSec),
})
