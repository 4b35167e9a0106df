/** What a reply tells of the rate limit; null where it does not say. */
export type RateReading = {
  /** Requests of the running minute, of everybody the limit counts together. */
  count: number | null
  /** How many the limit allows a minute. */
  allowed: number | null
  /** How long until the minute is over. */
  resetMs: number | null
}

/**
 * Reads `inin-ratelimit-count`, `-allowed` and `-reset` (seconds). They have been undocumented since
 * 2022 and may be missing or hidden from pages (facts §1.6.3): nothing rests on them.
 */
export function rateReadingOf(headers: Headers): RateReading {
  const resetSec = numberIn(headers, 'inin-ratelimit-reset')
  return {
    count: numberIn(headers, 'inin-ratelimit-count'),
    allowed: numberIn(headers, 'inin-ratelimit-allowed'),
    resetMs: resetSec === null ? null : resetSec * 1000,
  }
}

function numberIn(headers: Headers, name: string): number | null {
  const text = headers.get(name)?.trim()
  if (!text) return null
  const value = Number(text)
  return Number.isFinite(value) && value >= 0 ? value : null
}
