/** What an endpoint answers, before correlation id, CORS and rate headers are put on. */
export type Reply = {
  status: number
  /** Sent as JSON; left out for an empty body. */
  body?: unknown
  /** Sent as it is, in place of `body`. */
  text?: { type: string; content: string }
  headers?: Record<string, string>
}

export const ok = (body: unknown): Reply => ({ status: 200, body })

/** A limit as an error names it. */
export type NamedLimit = { namespace: string; key: string; value: number }

/** Why a request of the API failed; the router turns it into an `ErrorBody`. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly status: number
  readonly code: string
  readonly params: Record<string, string>
  readonly limit: NamedLimit | null
  readonly headers: Record<string, string>

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      params?: Record<string, string>
      limit?: NamedLimit
      headers?: Record<string, string>
    } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.params = more.params ?? {}
    this.limit = more.limit ?? null
    this.headers = more.headers ?? {}
  }
}

export const badRequest = (message: string, code = 'bad.request') =>
  new ApiFailure(400, code, message)

export const notFound = (what: string) => new ApiFailure(404, 'not.found', `${what} was not found`)

/** The vendor's uniform 429 (facts §1.6.2): the wait stands in the header and in the message. */
export const tooManyRequests = (waitSec: number, limit: NamedLimit) =>
  new ApiFailure(
    429,
    'too.many.requests.retry.after',
    `Rate limit exceeded the maximum. Retry the request in [${waitSec}] seconds`,
    { limit, headers: { 'Retry-After': String(waitSec) } },
  )

/** The vendor's `ErrorBody`; `contextId` equals the header `ININ-Correlation-Id`. */
export function errorBody(failure: ApiFailure, contextId: string) {
  const { message, code, status, params, limit } = failure
  return {
    message,
    code,
    status,
    messageParams: params,
    contextId,
    details: [],
    errors: [],
    ...(limit ? { limit } : {}),
  }
}
