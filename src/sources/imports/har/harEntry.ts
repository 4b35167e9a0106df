import * as z from 'zod/mini'
import { catch as orElse } from 'zod/mini'
import { parseShape } from '../../shape.ts'
import { parseFileTime } from '../fileTime.ts'

/** A field that is not as agreed is left out: browsers differ, and the rest still says something. */
const lenient = <T extends z.ZodMiniType>(shape: T) =>
  orElse(z.optional(z.nullable(shape)), undefined)
/** Lists of which one or two items are read are not vouched for item by item: an entry has dozens. */
const list = lenient(z.array(z.unknown()))

/** Source: HAR 1.2 (softwareishard.com/blog/har-12-spec); what begins with `_` is a browser's own. */
const entryShape = z.object({
  startedDateTime: z.string(),
  time: lenient(z.number()),
  request: z.object({ method: z.string(), url: z.string() }),
  response: lenient(
    z.object({
      status: lenient(z.number()),
      statusText: lenient(z.string()),
      headers: list,
      content: lenient(z.object({ text: lenient(z.string()), encoding: lenient(z.string()) })),
      _failureText: lenient(z.string()),
      _error: lenient(z.string()),
    }),
  ),
  _resourceType: lenient(z.string()),
  _webSocketMessages: list,
})

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
  /** The body of the reply where it is text; empty where it was not kept. */
  body: string
}

/** A number below this counts seconds since 1970 (Chrome), else milliseconds (Playwright). */
const SECONDS_BELOW = 1e11

/** Reads one entry of `log.entries`; a text is the reason why it is none. */
export function harEntry(json: unknown): HarEntry | string {
  const read = parseShape(entryShape, json)
  if (!read.ok) return read.problem
  const { startedDateTime, time: durationMs, request, response } = read.value
  const time = parseFileTime(startedDateTime.trim())
  if (!time) return 'startedDateTime cannot be read'
  const status = response?.status ?? null
  const isWebSocket =
    /^wss?:/i.test(request.url) || read.value._resourceType === 'websocket' || status === 101
  const lastMessageMs = lastOf(read.value._webSocketMessages ?? [])
  const lengthMs = durationMs && durationMs > 0 ? Math.round(durationMs) : null
  const header = headerIn(response?.headers ?? [])
  return {
    startMs: time.ms,
    endMs: isWebSocket ? socketEnd(time.ms, lengthMs, lastMessageMs) : time.ms + (lengthMs ?? 0),
    assumedUtc: time.assumedUtc,
    method: request.method,
    url: request.url,
    isWebSocket,
    status,
    words: response?._failureText || response?._error || response?.statusText || '',
    correlationId: header('inin-correlation-id'),
    body: response?.content?.encoding ? '' : (response?.content?.text ?? ''),
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

const fieldOf = (item: unknown, field: string): unknown =>
  typeof item === 'object' && item !== null ? (item as Record<string, unknown>)[field] : undefined
