import type { FaultRule } from './faults.ts'
import { ApiFailure, type Reply } from './reply.ts'

const CODES: Readonly<Record<number, string>> = {
  400: 'bad.request',
  401: 'bad.credentials',
  403: 'missing.any.permissions',
  404: 'not.found',
  429: 'too.many.requests.retry.after',
  500: 'internal.server.error',
  503: 'service.unavailable',
  504: 'request.timeout',
}

/** Throws what a fault of the failing kinds stands for; returns for those that spoil a good reply. */
export function throwFault(rule: FaultRule) {
  const { kind, retryAfterSec } = rule
  if (kind === 'rateLimitedWithoutRetryAfter')
    throw new ApiFailure(
      429,
      'too.many.requests',
      `Rate limit exceeded the maximum. Retry the request in [${retryAfterSec ?? 42}] seconds`,
    )
  if (kind !== 'status') return
  const status = rule.status ?? 503
  const permissions = 'telephony:callMetrics:view'
  throw new ApiFailure(
    status,
    rule.code ?? CODES[status] ?? 'internal.server.error',
    status === 429
      ? `Rate limit exceeded the maximum. Retry the request in [${retryAfterSec ?? 42}] seconds`
      : `The simulator was told to answer ${status}`,
    {
      ...(status === 403 ? { params: { permissions } } : {}),
      ...(status === 429 || retryAfterSec !== undefined
        ? { headers: { 'Retry-After': String(retryAfterSec ?? 42) } }
        : {}),
    },
  )
}

/** A reply that cannot be read as JSON. */
export function brokenReply(reply: Reply, { kind }: FaultRule): Reply {
  const { body: _body, ...rest } = reply
  if (kind === 'html')
    return {
      ...rest,
      text: { type: 'text/html', content: '<!doctype html><title>Proxy</title><p>Sign in</p>' },
    }
  const whole = JSON.stringify(reply.body ?? {})
  const content = whole.slice(0, Math.ceil(whole.length / 2))
  return { ...rest, text: { type: 'application/json', content } }
}

/** 503 of a gateway: without CORS headers, so a page of another origin cannot read even the status. */
export const gatewayResponse = () =>
  new Response('upstream connect error', {
    status: 503,
    headers: { 'Content-Type': 'text/plain', 'Retry-After': '1' },
  })

/** Rejects when the request is given up, and never before. */
export const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const give = () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error('The request was given up'))
    if (signal.aborted) give()
    else signal.addEventListener('abort', give, { once: true })
  })
