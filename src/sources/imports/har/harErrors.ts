import { classify, type Classified } from '#domain/errors/classify.ts'
import { type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import { epochMs } from '#domain/units.ts'
import type { Redactor } from '../redaction.ts'
import type { HarEntry } from './harEntry.ts'

const MAX_MESSAGE_CHARS = 200

/** What went wrong with one request of a recording; null where nothing did. */
export function harFailure(entry: HarEntry): Classified | null {
  const { status, method, url, isWebSocket, words } = entry
  // A preflight is the browser's own question, and a socket that opened has not failed.
  if (method === 'OPTIONS' || status === 101) return null
  if (status !== null && status > 0 && status < 400) return null
  return classify({
    status: status ?? 0,
    text: words,
    target: `${isWebSocket ? 'WS' : method} ${url}`,
    isWebSocket,
    code: status !== null && status >= 400 ? entry.errorBody().code : null,
  })
}

/** A request that failed as an event: with the limit the server named, and what support asks for. */
export function harEvent(
  entry: HarEntry,
  { class: errorClass, place, status }: Classified,
  names: { route: string; host: string },
  redactor: Redactor,
): ErrorEvent {
  const body = entry.errorBody()
  const message = redactor.clean(body.message ?? entry.words).slice(0, MAX_MESSAGE_CHARS)
  return errorEvent({
    at: epochMs(entry.endMs ?? entry.startMs),
    class: errorClass,
    place,
    status,
    source: 'har',
    route: redactor.clean(names.route),
    app: redactor.clean(names.host) || null,
    code: cleanOrNull(body.code, redactor),
    message: message || null,
    correlationId: cleanOrNull(entry.correlationId ?? body.contextId, redactor),
    limit: body.limit && {
      ...body.limit,
      namespace: cleanOrNull(body.limit.namespace, redactor),
      key: cleanOrNull(body.limit.key, redactor),
    },
  })
}

const cleanOrNull = (text: string | null, redactor: Redactor) =>
  text === null ? null : redactor.clean(text)
