import type { NamedLimit } from '#domain/errors/errorEvent.ts'
import type { DurationMs } from '#domain/units.ts'

/**
 * Why a source did not answer, by what follows from it:
 * - `unauthorised` 401: the token is worth nothing; stop until signed in again
 * - `forbidden` 403: a permission is missing; off until the role changes
 * - `absent` 404, 410 or 501: this organisation has no such thing; off
 * - `badRequest` other 4xx but 408: our mistake or the configuration's; off
 * - `rateLimited` 429: every call of this token waits `retryAfterMs`
 * - `unavailable` 5xx: back off
 * - `network`: no readable reply (down, blocked, or an error without CORS headers); back off
 * - `timeout`: no reply in time, or 408: the request did not arrive in time; back off
 * - `unexpectedShape`: a reply that is not what was agreed
 */
export type SourceErrorKind =
  | 'unauthorised'
  | 'forbidden'
  | 'absent'
  | 'badRequest'
  | 'rateLimited'
  | 'unavailable'
  | 'network'
  | 'timeout'
  | 'unexpectedShape'

/** What is known of a failure beside its kind. */
export type SourceErrorDetails = {
  status: number | null
  /** E.g. `GET /api/v2/stations`, with identifiers replaced by `{id}`. */
  route: string | null
  code: string | null
  /** How long the server asks to wait. */
  retryAfterMs: DurationMs | null
  /** The permission that is missing, e.g. `telephony:callMetrics:view`. */
  permission: string | null
  correlationId: string | null
  limit: NamedLimit | null
}

/**
 * A failed request. Each client throws its own subclass; whoever decides looks at `kind`, never at
 * the message.
 */
export class SourceError extends Error {
  override readonly name: string = 'SourceError'
  readonly kind: SourceErrorKind
  readonly details: SourceErrorDetails

  constructor(
    kind: SourceErrorKind,
    message: string,
    details: Partial<SourceErrorDetails> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.kind = kind
    this.details = {
      status: null,
      route: null,
      code: null,
      retryAfterMs: null,
      permission: null,
      correlationId: null,
      limit: null,
      ...details,
    }
  }
}

/** The kind that an HTTP status of a failed request means. */
export function kindOfStatus(status: number): SourceErrorKind {
  if (status === 401) return 'unauthorised'
  if (status === 403) return 'forbidden'
  if (status === 404 || status === 410 || status === 501) return 'absent'
  if (status === 408) return 'timeout'
  if (status === 429) return 'rateLimited'
  if (status >= 500) return 'unavailable'
  return status >= 400 ? 'badRequest' : 'unexpectedShape'
}
