import { classify } from '#domain/errors/classify.ts'
import { type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import type { EpochMs } from '#domain/units.ts'
import { FeedError } from './feed/feedError.ts'
import type { SourceError } from './sourceError.ts'

/**
 * One of Tidemark's own requests that failed, as an error event. Null where nothing was sent, as
 * without a token, and where a good reply said that there is no such thing. A failure without a
 * readable status is `network`, never a 503: a gateway's 503 may come without CORS headers, and
 * then nobody here can tell (facts §7.5). A feed is another server: its own 503 is no refusal of
 * the organisation.
 */
export function errorEventOf(error: SourceError, at: EpochMs): ErrorEvent | null {
  const { status, route, code, correlationId, limit } = error.details
  if (status === null && error.kind === 'unauthorised') return null
  if (status === 200 && error.kind === 'absent') return null
  const isUnanswered = status === null && (error.kind === 'network' || error.kind === 'timeout')
  const meant = classify({
    status: isUnanswered ? 0 : status,
    code,
    target: route,
    isForeign: error instanceof FeedError,
  })
  return errorEvent({
    at,
    class: meant.class,
    place: meant.place,
    source: 'monitor',
    status,
    route,
    app: 'Tidemark',
    code,
    message: error.message,
    correlationId,
    limit,
  })
}
