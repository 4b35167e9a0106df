import * as z from 'zod/mini'
import type { DatedReply } from '#domain/clock/dateHeaderOffset.ts'
import { errorBodyOf } from '../../genesys/genesysError.ts'
import { parseShape } from '../../shape.ts'
import { parseFileTime } from '../fileTime.ts'
import { datedReply } from './datedReply.ts'
import { fieldOf, listIn, numberIn, textIn } from './jsonFields.ts'

/** What every entry has. Source: HAR 1.2 (softwareishard.com/blog/har-12-spec). */
const entryShape = z.object({
  startedDateTime: z.string(),
  request: z.object({ method: z.string(), url: z.string() }),
})

type ErrorBody = ReturnType<typeof errorBodyOf>

/** One request of a recording, as far as it is used. */
export type HarEntry = {
  startMs: number
  /** When it was over; for a WebSocket that was open, when it was closed. Null where nobody saw that. */
  endMs: number | null
  assumedUtc: boolean
  method: string
  url: string
  isWebSocket: boolean
  /** As it stands in the file; null where there is none. */
  status: number | null
  /** What the browser says of a failure, else the status in words. */
  words: string
  correlationId: string | null
  /** What its `Date` header says of the clock; null where it says nothing. */
  dated: Omit<DatedReply, 'host'> | null
  /** What the body of a failing reply says. To be asked for at once: it is read only then. */
  errorBody: () => ErrorBody
}

/** A number below this counts seconds since 1970 (Chrome), else milliseconds (Playwright). */
const SECONDS_BELOW = 1e11

/**
 * Reads one entry of `log.entries`, as a whole or as `HAR_FIELDS` picks it; a text is the reason why it is none.
 * `bodyText` gives the body where it was left out of it.
 */
export function harEntry(json: unknown, bodyText?: () => unknown): HarEntry | string {
  const read = parseShape(entryShape, json)
  if (!read.ok) return read.problem
  const { startedDateTime, request } = read.value
  const time = parseFileTime(startedDateTime.trim())
  if (!time) return 'startedDateTime cannot be read'
  const response = fieldOf(json, 'response')
  const content = fieldOf(response, 'content')
  const status = numberIn(response, 'status')
  const isWebSocket =
    /^wss?:/i.test(request.url) || textIn(json, '_resourceType') === 'websocket' || status === 101
  const lastMessageMs = lastOf(listIn(json, '_webSocketMessages'))
  const durationMs = numberIn(json, 'time')
  const lengthMs = durationMs && durationMs > 0 ? Math.round(durationMs) : null
  const header = headerIn(listIn(response, 'headers'))
  function body(): string {
    const text = bodyText ? bodyText() : fieldOf(content, 'text')
    return typeof text === 'string' && textIn(content, 'encoding') === '' ? text : ''
  }
  let said: ErrorBody | null = null
  const startMs = time.ms
  const endMs = isWebSocket
    ? socketEnd(startMs, lengthMs, lastMessageMs)
    : startMs + (lengthMs ?? 0)
  return {
    startMs,
    endMs,
    assumedUtc: time.assumedUtc,
    method: request.method,
    url: request.url,
    isWebSocket,
    status,
    words:
      textIn(response, '_failureText') ||
      textIn(response, '_error') ||
      textIn(response, 'statusText'),
    correlationId: header('inin-correlation-id'),
    dated: datedReply(json, { status, header, startMs, endMs }),
    errorBody: () => (said ??= errorBodyOf(body())),
  }
}

/** A recording that ends before its socket does writes no length, or one that ends before the last message. */
function socketEnd(startMs: number, lengthMs: number | null, lastMessageMs: number | null) {
  if (lengthMs === null) return null
  return Math.max(startMs + lengthMs, lastMessageMs ?? 0)
}

function lastOf(messages: readonly unknown[]): number | null {
  const last = fieldOf(messages.at(-1), 'time')
  if (typeof last !== 'number' || !Number.isFinite(last)) return null
  return last < SECONDS_BELOW ? last * 1_000 : last
}

/** The value of a header, by its name in small letters. */
const headerIn = (headers: readonly unknown[]) => (wanted: string) => {
  for (const header of headers) {
    const name = fieldOf(header, 'name')
    if (typeof name !== 'string' || name.length !== wanted.length) continue
    if (name.toLowerCase() !== wanted) continue
    const value = fieldOf(header, 'value')
    if (typeof value === 'string') return value
  }
  return null
}
