import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Where the page finds the Prometheus behind this server. */
export const PROMETHEUS_PREFIX = '/prometheus'

export type PrometheusProxyOptions = {
  /** The base address of Prometheus, or of what speaks its API; a path stays before what is asked. */
  url: URL
  /** The value of `Authorization` that Prometheus wants; never leaves this server. Null: none. */
  authorization: string | null
  /** How long an answer may take to begin. */
  timeoutMs?: number
}

/** What reads, and nothing else: no path of it changes, deletes or configures anything. */
const READABLE =
  /^\/api\/v1\/(query|query_range|series|labels|label\/[A-Za-z_]\w*\/values|status\/buildinfo)$/
const LONGEST_QUERY = 8_192
const TIMEOUT_MS = 60_000

/**
 * Answers a page's questions by asking Prometheus: the page needs neither its address nor its
 * credentials. Reads alone, one address alone, and nothing of the page's own headers goes along.
 */
export function createPrometheusProxy(options: PrometheusProxyOptions) {
  const { url, authorization, timeoutMs = TIMEOUT_MS } = options

  return async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, path = '', query = ''] =
      /^\/prometheus([^?#]*)(\?[^#]*)?/.exec(request.url ?? '') ?? []
    if (!READABLE.test(path))
      return fail(response, 404, 'bad_data', `only reading is passed on: ${path} is not`)
    if (query.length > LONGEST_QUERY)
      return fail(response, 414, 'bad_data', `the query is longer than ${LONGEST_QUERY} characters`)
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const begun = AbortSignal.timeout(timeoutMs)
    let reply: Response
    try {
      reply = await fetch(`${url.href.replace(/\/$/, '')}${path}${query}`, {
        headers: {
          Accept: 'application/json',
          ...(authorization ? { Authorization: authorization } : {}),
        },
        // An address of its own choosing would be asked with our credentials.
        redirect: 'manual',
        signal: AbortSignal.any([gone.signal, begun]),
      })
    } catch {
      if (gone.signal.aborted) return
      return begun.aborted
        ? fail(response, 504, 'timeout', `Prometheus did not answer within ${timeoutMs / 1000} s`)
        : fail(response, 502, 'unavailable', 'Prometheus cannot be reached from this server')
    }
    const type = reply.headers.get('Content-Type') ?? ''
    if (!/^application\/json\b/.test(type) || !reply.body) {
      await reply.body?.cancel()
      const sentence =
        reply.status === 401 || reply.status === 403
          ? `Prometheus refused the credentials of this server (${reply.status})`
          : `what answers at Prometheus' address is not Prometheus (${reply.status}, ${type || 'no type'})`
      return fail(response, 502, 'unavailable', sentence)
    }
    response.writeHead(reply.status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
    })
    if (request.method === 'HEAD') {
      await reply.body.cancel()
      response.end()
      return
    }
    // `fetch` has undone any compression; the two kinds of stream differ only in their types.
    await pipeline(Readable.fromWeb(reply.body as Parameters<typeof Readable.fromWeb>[0]), response)
  }
}

/** As Prometheus words an error, so that a reader needs one way to read them. */
function fail(response: ServerResponse, status: number, errorType: string, error: string) {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  response.end(
    response.req.method === 'HEAD'
      ? undefined
      : JSON.stringify({ status: 'error', errorType, error }),
  )
}
