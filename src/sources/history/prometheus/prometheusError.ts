import type { EpochMs } from '#domain/units.ts'
import { type Fail, type Reply, retryAfterOf } from '../../exchange.ts'
import { kindOfStatus, SourceError, type SourceErrorKind } from '../../sourceError.ts'

/** A request to a Prometheus-compatible server that failed. */
export class PrometheusError extends SourceError {
  override readonly name = 'PrometheusError'
}

export const failPrometheus: Fail = (kind, message, details, options) =>
  new PrometheusError(kind, message, details, options)

/** The error of a reply with a failing status: what follows from it, and what the server says of it. */
export function prometheusErrorOf(reply: Reply, route: string, now: EpochMs): PrometheusError {
  const { status, headers, text } = reply
  const said = saidIn(text)
  const reason = [ADVICE[status], said && `it says “${said.text}”`].filter(Boolean).join('; ')
  return new PrometheusError(
    kindOf(status, said?.type ?? null),
    `${route} of Prometheus answered ${status}${reason ? `: ${reason}` : ''}.`,
    { route, status, code: said?.type ?? null, retryAfterMs: retryAfterOf(headers, null, now) },
  )
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'it asks for a user name and password, or for others than it was shown; they belong to the server that passes requests on (`tidemark serve --prometheus`)',
  403: 'it does not allow this',
  404: 'there is no Prometheus at this address, or it lies under another path',
  429: 'it was asked too often',
}

/**
 * Prometheus is another server with other credentials: its 401 must not sign the organisation out,
 * and its 429 must not hold up the calls of the organisation. The status itself stays in the details.
 */
function kindOf(status: number, type: string | null): SourceErrorKind {
  if (type === 'timeout') return 'timeout'
  if (status === 401) return 'forbidden'
  return status === 429 ? 'unavailable' : kindOfStatus(status)
}

const LONGEST_SAID = 200

/** `{"status":"error","errorType":"bad_data","error":"…"}`; null where the server said something else. */
function saidIn(text: string): { type: string; text: string } | null {
  try {
    const body = JSON.parse(text) as unknown
    if (typeof body !== 'object' || body === null) return null
    if (!('error' in body) || typeof body.error !== 'string') return null
    const type = 'errorType' in body && typeof body.errorType === 'string' ? body.errorType : ''
    const { error } = body
    const isLong = error.length > LONGEST_SAID
    return { type, text: isLong ? `${error.slice(0, LONGEST_SAID)}…` : error }
  } catch {
    // No JSON: a web page or plain text of whoever is in between. The status says what is known.
    return null
  }
}
