import { type EpochMs, epochMs } from '#domain/units.ts'
import { type Fail, type Reply, retryAfterOf } from '../exchange.ts'
import { kindOfStatus, SourceError, type SourceErrorKind } from '../sourceError.ts'

/** A request to a feed that failed. */
export class FeedError extends SourceError {
  override readonly name = 'FeedError'
}

export const failFeed: Fail = (kind, message, details, options) =>
  new FeedError(kind, message, details, options)

/** The error of a reply with a failing status. */
export function feedErrorOf(reply: Reply, route: string, now: EpochMs): FeedError {
  const { status, headers } = reply
  const advice = ADVICE[status]
  return new FeedError(
    kindOf(status),
    `${route} of the feed answered ${status}${advice ? `: ${advice}` : ''}.`,
    {
      route,
      status,
      retryAfterMs: retryAfterOf(headers, null, epochMs(now)),
      correlationId: headers.get('ININ-Correlation-Id'),
    },
  )
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'it asks for a bearer token, or for another one',
  403: 'it does not allow this',
  404: 'there is no feed at this address, or it does not know the organisation',
  429: 'it was asked too often',
}

/**
 * A feed is another server with another token: its 401 must not sign the organisation out, and its
 * 429 must not hold up the calls of the organisation. The status itself stays in the details.
 */
function kindOf(status: number): SourceErrorKind {
  if (status === 401) return 'forbidden'
  return status === 429 ? 'unavailable' : kindOfStatus(status)
}
