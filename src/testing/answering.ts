import { type EpochMs, epochMs } from '#domain/units.ts'
import type { AskContext } from '#sources/polledSource.ts'

/** A request as a test reads it. */
export type Asked = { method: string; url: URL; headers: Headers; body: string }

type Answer = Response | Error | Promise<Response>

/**
 * A context whose network is the given function: it gets every request and gives the reply, or the
 * error that `fetch` is to fail with. The clock stands still unless it is moved.
 */
export function answering(
  answer: (asked: Asked, index: number) => Answer,
  startAt: EpochMs = epochMs(Date.UTC(2026, 2, 2, 9)),
) {
  const asked: Asked[] = []
  const stopping = new AbortController()
  let at = startAt
  const context: AskContext = {
    signal: stopping.signal,
    now: () => at,
    fetch: async (url, init) => {
      const request = {
        method: init?.method ?? 'GET',
        url: new URL(url),
        headers: new Headers(init?.headers),
        body: bodyText(init?.body),
      }
      asked.push(request)
      const reply = await answer(request, asked.length - 1)
      if (reply instanceof Error) throw reply
      return reply
    },
  }
  return {
    context,
    asked,
    /** Moves the clock. */
    pass: (byMs: number) => {
      at = epochMs(at + byMs)
    },
    /** Aborts what is running, with this reason. */
    stop: (reason?: unknown) => stopping.abort(reason),
  }
}

function bodyText(body: BodyInit | null | undefined): string {
  if (body === null || body === undefined) return ''
  if (typeof body === 'string') return body
  if (body instanceof URLSearchParams) return body.toString()
  throw new TypeError('These tests send text and forms only.')
}

/** A reply with a JSON body. */
export const json = (
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  })
