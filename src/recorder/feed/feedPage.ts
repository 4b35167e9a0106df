import { stepsTouching } from '#domain/metrics/limitSteps.ts'
import { type EpochMs, epochMs, HOUR_MS } from '#domain/units.ts'
import type { LogRecord } from '../log/logRecord.ts'
import type { OrgLog } from '../log/orgLog.ts'
import { cursorText, type FeedCursor, type FirstHour, readCursor } from './feedCursor.ts'
import {
  clientEntry,
  errorEntry,
  limitEntry,
  markerEntry,
  metricEntry,
  sampleEntries,
} from './feedEntries.ts'

/** The protocol's most of samples and of clients in one reply; of errors it names none, and so many are enough. */
const MOST_ENTRIES = 10_000

/** One reply of `/v1/changes` in feed protocol v1. */
export type FeedPage = {
  cursor: string
  hasMore: boolean
  metrics: ReturnType<typeof metricEntry>[]
  samples: ReturnType<typeof sampleEntries>
  errors: ReturnType<typeof errorEntry>[]
  limits: ReturnType<typeof limitEntry>[]
  markers: ReturnType<typeof markerEntry>[]
  /** Left out where no client did anything. */
  clients?: ReturnType<typeof clientEntry>[]
}

/** What changed since a cursor, or the last hour without one; null where the cursor is unknown. */
export async function feedPage(log: OrgLog, after: string | null): Promise<FeedPage | null> {
  const start = after === null ? await firstCursor(log) : knownCursor(log, after)
  if (start === null) return null
  const page = emptyPage()
  if (after === null) tellFacts(page, log, start.first?.since ?? null)
  let { seq } = start
  for await (const record of log.after(seq)) {
    const news = entriesOf(record, start.first)
    if (!hasRoom(page, news)) {
      page.hasMore = true
      break
    }
    append(page, news)
    seq = record.seq
  }
  page.cursor = cursorText({ ...start, seq, first: page.hasMore ? start.first : null })
  return page
}

const emptyPage = (): FeedPage => ({
  cursor: '',
  hasMore: false,
  metrics: [],
  samples: [],
  errors: [],
  limits: [],
  markers: [],
})

async function firstCursor(log: OrgLog): Promise<FeedCursor> {
  const { id: logId } = log
  const newest = log.newest()
  const toldUpTo = log.lastSeq()
  if (!newest) return { logId, seq: toldUpTo, first: null }
  const first = { since: hourBefore(newest.sampleAt), toldUpTo }
  return { logId, seq: await log.seqBefore(hourBefore(newest.at)), first }
}

const hourBefore = (at: EpochMs) => epochMs(at - HOUR_MS)

function knownCursor(log: OrgLog, text: string): FeedCursor | null {
  const cursor = readCursor(text)
  return cursor && cursor.logId === log.id && log.isKnown(cursor.seq) ? cursor : null
}

/** All metrics, and the limits that held since an instant: who begins to read knows nothing. */
function tellFacts(page: FeedPage, { told }: OrgLog, since: EpochMs | null) {
  page.metrics.push(...told.metrics().map(metricEntry))
  for (const [metric, steps] of told.limits())
    for (const step of stepsTouching(steps, since ?? epochMs(0), epochMs(Infinity)))
      page.limits.push(limitEntry(metric, step))
}

type Entries = Omit<Required<FeedPage>, 'cursor' | 'hasMore'>

function entriesOf(record: LogRecord, first: FirstHour | null): Entries {
  const none = { metrics: [], samples: [], errors: [], limits: [], markers: [], clients: [] }
  if (record.kind === 'unmarked') return none
  const { observed } = record
  if (record.kind === 'told' && record.seq <= (first?.toldUpTo ?? 0)) return none
  if (record.kind === 'told')
    return {
      ...none,
      metrics: observed.metrics.map(metricEntry),
      limits: observed.limits.map(({ metric, step }) => limitEntry(metric, step)),
    }
  const since = first?.since ?? Number.NEGATIVE_INFINITY
  const isWanted = ({ at }: { at: EpochMs }) => at >= since
  return {
    ...none,
    // One that turns up later is told of a moment after its first samples, and a reader may come in between.
    metrics: observed.metrics.map(metricEntry),
    samples: observed.samples.flatMap(sampleEntries).filter(({ atMs }) => atMs >= since),
    errors: observed.errors.filter(isWanted).map(errorEntry),
    markers: observed.markers.filter(isWanted).map(markerEntry),
    clients: observed.clients.filter(isWanted).map(clientEntry),
  }
}

/** A record is never larger than a page, so an empty one takes any. */
function hasRoom(page: FeedPage, { samples, errors, clients }: Entries): boolean {
  return (
    page.samples.length + samples.length <= MOST_ENTRIES &&
    page.errors.length + errors.length <= MOST_ENTRIES &&
    (page.clients?.length ?? 0) + clients.length <= MOST_ENTRIES
  )
}

function append(page: FeedPage, { clients, ...lists }: Entries) {
  page.metrics.push(...lists.metrics)
  page.samples.push(...lists.samples)
  page.errors.push(...lists.errors)
  page.limits.push(...lists.limits)
  page.markers.push(...lists.markers)
  if (clients.length > 0) page.clients = [...(page.clients ?? []), ...clients]
}
