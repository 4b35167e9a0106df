import type { DatedReply } from '#domain/clock/dateHeaderOffset.ts'
import { fieldOf, numberIn } from './jsonFields.ts'

/** What was read of the entry before. */
type Known = {
  status: number | null
  header: (name: string) => string | null
  startMs: number
  endMs: number | null
}

/** Source: RFC 9110 §5.6.7, the one form that senders write. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * When a server stamped the reply of an entry, and when the browser sent the request and saw the first of
 * the reply; null where no server was asked just then: a cache answered, in the browser or on the way, or
 * nobody did.
 */
export function datedReply(json: unknown, known: Known): Omit<DatedReply, 'host'> | null {
  const { status, header } = known
  if (status === null || status < 200 || status === 304) return null
  if (fieldOf(json, '_fromCache') || Number(header('age') ?? 0) > 0) return null
  if (numberIn(fieldOf(json, 'response'), '_transferSize') === 0) return null
  const date = header('date')?.trim() ?? ''
  const dateMs = HTTP_DATE.test(date) ? Date.parse(date) : NaN
  return Number.isNaN(dateMs) ? null : { dateMs, ...waitOf(fieldOf(json, 'timings'), known) }
}

/** Where a browser does not tell the steps of a request, all of it has to do. Source: HAR 1.2, "timings". */
function waitOf(timings: unknown, { startMs, endMs }: Known) {
  // A step that there was not is written as −1.
  const lengthOf = (step: string) => Math.max(0, numberIn(timings, step) ?? 0)
  const waitMs = numberIn(timings, 'wait') ?? -1
  if (waitMs < 0) return { sentMs: startMs, firstByteMs: endMs ?? startMs }
  const before = ['blocked', 'dns', 'connect', 'send'].map(lengthOf)
  const sentMs = before.reduce((at, length) => at + length, startMs)
  return { sentMs, firstByteMs: sentMs + waitMs }
}
