import { type DatedReply, dateHeaderOffset } from '#domain/clock/dateHeaderOffset.ts'
import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { routeOf } from '../../genesys/route.ts'
import type { FilePass, Hears } from '../filePass.ts'
import { ImportError } from '../importError.ts'
import type { Redactor } from '../redaction.ts'
import type { ErrorCollector } from '../samples/errorCounts.ts'
import { createOpenLevels } from '../samples/openLevels.ts'
import { createSamplePass, type SampleFormat } from '../samples/samplePass.ts'
import { createSampleTexts } from '../samples/sampleTexts.ts'
import { createTextSamples } from '../samples/textSample.ts'
import { createAddresses } from './addressOf.ts'
import { createArraySlicer } from './arraySlicer.ts'
import { type HarEntry, harEntry } from './harEntry.ts'
import { harEvent, harFailure } from './harErrors.ts'
import { HAR_FIELDS } from './harFields.ts'
import { createJsonPicker } from './jsonPicker.ts'

const FORMAT: SampleFormat = {
  format: 'har',
  kind: 'har',
  level: { id: 'sockets', title: 'Open WebSockets', note: 'of the browser that was recorded' },
  attempts: { id: 'attempts', title: 'Requests of the browser', note: 'begun per second' },
  makers: 'host',
  groupOf: (host) => host,
  // Requests that a page sends side by side are no retries of one another.
  told: { codes: true, failures: true, labels: true, subSamples: false, clients: false },
}

/** Ten thousand replies tell a clock as well as all of them. */
const MOST_DATED = 10_000

/**
 * Reads a HAR 1.2 entry by entry: requests, refused handshakes, and how many WebSockets were open.
 * What was recorded inside bodies, headers and cookies is not kept; the error body and the correlation
 * id of a failed request are. Sources: HAR 1.2; facts/genesys-cloud.md §9.4, facts/stack.md §9.
 */
export function openHarPass(name: string, _head: string, hears: Hears): FilePass {
  const texts = createSampleTexts()
  const sampleOf = createTextSamples(texts)
  const decoder = new TextDecoder()
  const addressOf = createAddresses()
  const sockets = createOpenLevels()
  const events: ErrorEvent[] = []
  let redactor!: Redactor
  const pass = createSamplePass(name, FORMAT, texts, hears, (given) => {
    redactor = given
    return collectorOf(events)
  })
  const dated: DatedReply[] = []
  let preflights = 0
  let neverClosed = 0
  let firstMs = Infinity
  let lastMs = -Infinity

  /** `GET /api/v2/users/{id}` and its host; an address that cannot be read names nothing. */
  function namesOf({ method, url, isWebSocket }: HarEntry): { route: string; host: string } {
    const verb = isWebSocket ? 'WS' : method
    const address = addressOf(url)
    return address
      ? { route: routeOf(verb, address.path), host: address.host }
      : { route: verb, host: '' }
  }

  function take(entry: HarEntry) {
    const { startMs, endMs, status, method, isWebSocket, assumedUtc } = entry
    const { route, host } = namesOf(entry)
    const failure = harFailure(entry)
    const isPreflight = method === 'OPTIONS'
    if (isPreflight) preflights += 1
    firstMs = Math.min(firstMs, startMs)
    lastMs = Math.max(lastMs, endMs ?? startMs)
    if (isWebSocket && status === 101) {
      sockets.open(startMs)
      if (endMs === null) neverClosed += 1
      else sockets.close(endMs)
    }
    if (entry.dated && dated.length < MOST_DATED) dated.push({ ...entry.dated, host })
    if (failure) events.push(harEvent(entry, failure, { route, host }, redactor))
    pass.take(
      sampleOf({
        startMs,
        endMs: endMs ?? startMs,
        label: route,
        code: status === null ? '' : String(status),
        thread: host,
        message: entry.words,
        assumedUtc,
      }),
      { failure: failure && { ...failure, code: null }, isRepeat: () => isPreflight },
    )
  }

  function read(json: unknown, line: number, bodyText?: () => unknown) {
    const entry = json === undefined ? 'the entry is no JSON' : harEntry(json, bodyText)
    if (typeof entry === 'string') pass.reject(line, entry)
    else take(entry)
  }

  const picker = createJsonPicker(HAR_FIELDS)
  const bodyText = () => parsed(picker.asideText() ?? '')

  function readAt(bytes: Uint8Array, from: number, line: number) {
    const end = picker.pick(bytes, from)
    if (end >= 0) read(parsed(picker.text()), line, bodyText)
    return { end, lineFeeds: picker.lineFeeds() }
  }

  const slicer = createArraySlicer(['log', 'entries'], {
    readAt,
    take({ bytes, line }) {
      if (!bytes) return pass.reject(line, 'the entry is larger than 128 MB')
      if (readAt(bytes, 0, line).end < 0) read(parsed(decoder.decode(bytes)), line)
    },
  })

  function warnings(): string[] {
    return [
      pass.fileId() === null ? 'the recording holds no requests' : '',
      preflights > 0 ? `${preflights} preflights (OPTIONS) are not charted as attempts` : '',
      neverClosed > 0
        ? `${neverClosed} WebSockets were still open when the recording ended, or their end was not recorded`
        : '',
    ].filter((warning) => warning !== '')
  }

  return {
    push: (bytes) => slicer.push(bytes),
    end() {
      const { isFound, isOver, line } = slicer.state()
      if (!isFound)
        throw new ImportError(
          'noUsableColumn',
          `${name}: expected the array log.entries of a HAR 1.2`,
        )
      if (!isOver) pass.reject(line, 'the document ends before its entries do')
      if (sockets.hasAny()) sockets.tell(firstMs, lastMs, pass.takeLevel)
      pass.end()
      return pass.result(warnings(), { clock: dateHeaderOffset(dated) })
    },
  }
}

/** Requests are few beside those of a load test: each failure stays one, with its correlation id. */
const collectorOf = (events: readonly ErrorEvent[]): ErrorCollector => ({
  add: () => undefined,
  hasTooManyRoutes: () => false,
  events: () => events.toSorted((a, b) => a.at - b.at),
  news: () => [],
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
