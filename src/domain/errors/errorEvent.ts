import type { FileKind } from '../fileKind.ts'
import type { EpochMs } from '../units.ts'

/**
 * What a failure means. `capacity`: 503, also of a handshake, but not of the login host. `rate`:
 * 429. `auth`: 401, 403, and a token that was not granted. `server`: other 5xx. `network`: no
 * reply. `socket`: abnormal close. `other`: failed, and none of these is known of it (a 404, an
 * assertion of a load test, a handshake that failed nobody knows how). `classify` decides.
 */
export const ERROR_CLASSES = [
  'capacity',
  'rate',
  'auth',
  'server',
  'network',
  'socket',
  'other',
] as const
export type ErrorClass = (typeof ERROR_CLASSES)[number]

/**
 * Where it happened. `token`: at the login host, where tokens come from. `rest`: a request.
 * `upgrade`: while a WebSocket was being opened. `close`: on one that had been open. `unknown`:
 * nobody said.
 */
export const ERROR_PLACES = ['token', 'rest', 'upgrade', 'close', 'unknown'] as const
export type ErrorPlace = (typeof ERROR_PLACES)[number]

/** A limit that a server named in its reply (`ErrorBody.limit`). */
export type NamedLimit = { namespace: string | null; key: string | null; value: number | null }

/** One failed attempt, or a count of equal ones. */
export type ErrorEvent = {
  /** When it failed, not when it was noticed. */
  at: EpochMs
  class: ErrorClass
  place: ErrorPlace
  /** HTTP status; null where there was no reply that carries one. */
  status: number | null
  /** How many equal failures this stands for; at least 1. */
  count: number
  /** Who reported it: `monitor` is Tidemark's own request. */
  source: 'monitor' | 'feed' | FileKind
  /** E.g. `GET /api/v2/stations`, identifiers replaced by `{id}`; a sampler's or request's name from a load test. */
  route: string | null
  app: string | null
  /** The server's own error code, e.g. `too.many.requests`. */
  code: string | null
  message: string | null
  /** `ININ-Correlation-Id`, else the body's `contextId`: what support asks for. */
  correlationId: string | null
  limit: NamedLimit | null
}

/** An event with everything unsaid set to null or unknown: reports fill in what they know. */
export function errorEvent(
  known: Pick<ErrorEvent, 'at' | 'class' | 'source'> & Partial<ErrorEvent>,
): ErrorEvent {
  return {
    place: 'unknown',
    status: null,
    count: 1,
    route: null,
    app: null,
    code: null,
    message: null,
    correlationId: null,
    limit: null,
    ...known,
  }
}
