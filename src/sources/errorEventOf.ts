import { classOfStatus } from '#domain/errors/classOfStatus.ts'
import { type ErrorClass, type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import type { EpochMs } from '#domain/units.ts'
import type { SourceError } from './sourceError.ts'

/**
 * One of Tidemark's own requests that failed, as an error event. Null where nothing was sent, as
 * without a token, and where a good reply said that there is no such thing. A failure without a readable status is `network`, never a 503: a gateway's 503
 * may come without CORS headers, and then nobody here can tell (facts §7.5).
 */
export function errorEventOf(error: SourceError, at: EpochMs): ErrorEvent | null {
  const { status, route, code, correlationId, limit } = error.details
  if (status === null && error.kind === 'unauthorised') return null
  if (status === 200 && error.kind === 'absent') return null
  return errorEvent({
    at,
    class: classOf(error),
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

function classOf({ kind, details }: SourceError): ErrorClass {
  if (details.status !== null) return classOfStatus(details.status)
  return kind === 'network' || kind === 'timeout' ? 'network' : 'other'
}
