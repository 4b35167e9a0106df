import { durationMs, elapsed, type DurationMs, epochMs, HOUR_MS } from '#domain/units.ts'
import type { AskContext } from './polledSource.ts'
import type { SourceError, SourceErrorDetails, SourceErrorKind } from './sourceError.ts'

/** How one client makes its errors: each has a subclass of its own. */
export type Fail = (
  kind: SourceErrorKind,
  message: string,
  details?: Partial<SourceErrorDetails>,
  options?: ErrorOptions,
) => SourceError

/** A reply that came, read to its end. */
export type Reply = { status: number; headers: Headers; text: string }

/**
 * Sends one request and reads the whole reply, whatever its status. Throws the client's error of
 * kind `timeout` or `network`; a stop of ours is passed on as it is, since it is no failure.
 */
export async function exchange(
  context: AskContext,
  url: string,
  init: RequestInit,
  route: string,
  fail: Fail,
): Promise<Reply> {
  try {
    const response = await context.fetch(url, { ...init, signal: context.signal })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (cause) {
    if (isNamed(cause, 'TimeoutError'))
      throw fail('timeout', `${route} did not answer in time.`, { route }, { cause })
    // fetch says no more than TypeError for everything below HTTP, and for a reply that CORS hides.
    if (cause instanceof TypeError)
      throw fail('network', `${route} got no readable reply: ${NO_REPLY}.`, { route }, { cause })
    throw cause
  }
}

const NO_REPLY = 'no connection, a blocked address, or an error that the server hides from browsers'

const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name

/**
 * The JSON of a good reply. Throws `unexpectedShape` for a web page, for nothing and for broken
 * JSON.
 */
export function jsonOf({ status, headers, text }: Reply, route: string, fail: Fail): unknown {
  const details = { route, status, correlationId: headers.get('ININ-Correlation-Id') }
  if (text.trim() === '')
    throw fail(
      'unexpectedShape',
      `${route} answered with nothing where JSON was expected.`,
      details,
    )
  if (isWebPage(headers, text))
    throw fail(
      'unexpectedShape',
      `${route} answered with a web page instead of data: a proxy or a sign-in page is in between.`,
      details,
    )
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = 'with JSON that is broken or cut off'
    throw fail('unexpectedShape', `${route} answered ${reason}.`, details, { cause })
  }
}

const isWebPage = (headers: Headers, text: string) =>
  /html/i.test(headers.get('Content-Type') ?? '') || /^\s*</.test(text)

/** A server that asks for more is asked again after an hour anyway. */
const LONGEST_WAIT = HOUR_MS

/**
 * How long a server asks to wait: `Retry-After` as seconds or as a date, else the bracketed or
 * plain number of seconds in its message (`Retry the request in [42] seconds`, facts §1.6.2). Null
 * where it does not say. Never negative, at most an hour.
 */
export function retryAfterOf(
  headers: Headers,
  message: string | null,
  now: number,
): DurationMs | null {
  const waitMs = fromHeader(headers.get('Retry-After'), now) ?? fromMessage(message)
  return waitMs === null ? null : durationMs(Math.min(Math.max(0, waitMs), LONGEST_WAIT))
}

function fromHeader(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return seconds * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : elapsed(epochMs(now), epochMs(at))
}

function fromMessage(message: string | null): number | null {
  const found = message?.match(/\[(\d+)\]\s*seconds|\bin (\d+) seconds/i)
  return found ? Number(found[1] ?? found[2]) * 1000 : null
}
