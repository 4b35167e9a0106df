import { durationMs, type DurationMs, MINUTE_MS } from '#domain/units.ts'
import type { SourceError } from '#sources/sourceError.ts'

/** What follows from a failed turn. */
export type Reaction =
  /** The token is worth nothing: everything that uses it stops until a new one arrives. */
  | { kind: 'signedOut' }
  /** Not asked at its cadence any more; once more after `retryMs`, where that is not null. */
  | { kind: 'off'; retryMs: DurationMs | null }
  /** The server asks everybody behind this token to wait. */
  | { kind: 'pause'; waitMs: DurationMs }
  /** Asked again at its next tick, and not before `waitMs` have passed. */
  | { kind: 'retry'; waitMs: DurationMs }

/**
 * No wait of our own choosing is longer. A feed stands on its own and is asked every few seconds: one
 * that is back should be seen soon. The API has many callers and is left alone longer.
 */
const LONGEST_WAIT_MS = 60_000
const LONGEST_FEED_WAIT_MS = 15_000
/** Where a 429 does not say how long (facts §8.3). */
const UNSAID_RETRY_AFTER_MS = 60_000
/** A missing permission may have been granted meanwhile (facts §7.6). */
const FORBIDDEN_RETRY_MS = (15 * MINUTE_MS) as DurationMs
const SHORTEST_BASE_MS = 1_000
const LONGEST_BASE_MS = 15_000

/** What is known where a turn failed. */
export type Failure = {
  error: SourceError
  /** Whether the source asks with the organisation's token. */
  usesToken: boolean
  everyMs: DurationMs
  /** How many turns in a row have failed, this one included. */
  failuresInRow: number
}

/** Decides what follows from a failure. `random` gives numbers in [0, 1). Rules: facts §7.6 and §8.3. */
export function reactionTo(failure: Failure, random: () => number): Reaction {
  const { error, usesToken } = failure
  switch (error.kind) {
    case 'unauthorised':
      return usesToken ? { kind: 'signedOut' } : { kind: 'off', retryMs: FORBIDDEN_RETRY_MS }
    case 'forbidden':
      return { kind: 'off', retryMs: FORBIDDEN_RETRY_MS }
    case 'absent':
    case 'badRequest':
      // The API's word on what an organisation has is final. At a feed's address somebody may just
      // be putting up another version.
      return { kind: 'off', retryMs: usesToken ? null : FORBIDDEN_RETRY_MS }
    case 'rateLimited': {
      const askedMs = error.details.retryAfterMs ?? UNSAID_RETRY_AFTER_MS
      return { kind: 'pause', waitMs: durationMs(Math.ceil(askedMs * (1 + 0.2 * random()))) }
    }
    case 'unexpectedShape':
      return { kind: 'retry', waitMs: durationMs(0) }
    case 'unavailable':
    case 'network':
    case 'timeout':
      return { kind: 'retry', waitMs: waitBeforeRetry(failure, random) }
  }
}

/**
 * Back-off with full jitter: anywhere between nothing and a ceiling that doubles with each failure,
 * from the source's interval (1 to 15 s) to a minute, for a feed to 15 s; never less than the server
 * asked for. A plain 500 is an answer about this request and not about load: the next tick is soon enough.
 */
function waitBeforeRetry(
  { error, everyMs, usesToken, failuresInRow }: Failure,
  random: () => number,
) {
  const askedMs = error.details.retryAfterMs ?? 0
  if (error.details.status === 500) return durationMs(askedMs)
  const baseMs = Math.min(Math.max(everyMs, SHORTEST_BASE_MS), LONGEST_BASE_MS)
  const longestMs = usesToken ? LONGEST_WAIT_MS : LONGEST_FEED_WAIT_MS
  const ceilingMs = Math.min(longestMs, baseMs * 2 ** (failuresInRow - 1))
  return durationMs(Math.ceil(Math.max(askedMs, random() * ceilingMs)))
}
