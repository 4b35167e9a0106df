import { callsAt, capacityAt } from '../model/calls.ts'
import { type ClientAct, clientActsInSecond } from '../model/clients.ts'
import { type ConnectionSecond, connectionSecond } from '../model/connections.ts'
import { attemptsInSecond, type ErrorGroup, errorsInSecond } from '../model/errors.ts'
import { iterationAt, unreleasedIn } from '../model/iterations.ts'
import { limitStepAt } from '../model/limits.ts'
import { markersInSecond } from '../model/markers.ts'
import { identifier, noiseAt, STREAM } from '../model/noise.ts'
import { usersOnlineAt } from '../model/people.ts'
import { MEDIA, mediaActivityAt } from '../model/queues.ts'
import { FIRST_SEC, instantOf, simSecAt, type World } from '../model/world.ts'
import type { SimSec } from '../scenarios/scenario.ts'
import {
  BACKLOG_METRICS,
  CLIENT_SIDE_METRIC,
  CONNECTION_METRICS,
  type FeedMetric,
} from './feedMetrics.ts'
import type { SocketBook } from './socketBook.ts'

/** Samples in one reply at most (design §5). */
const MOST_SAMPLES = 10_000
/**
 * A page that holds so much of what clients did goes no further. The protocol allows more than
 * twice as much, but in the demo the page that shows it also makes it, and must not stand still.
 */
const ENOUGH_ACTS = 4_000
const BACKLOG_EVERY_SEC = 15

/** One reply of `/v1/changes` in feed protocol v1. */
export type FeedPage = {
  cursor: string
  hasMore: boolean
  metrics: FeedMetric[]
  samples: { metric: string; atMs: number; value: number | null }[]
  errors: (Omit<ErrorGroup, 'correlationId'> & { atMs: number; correlationId?: string })[]
  limits: { metric: string; fromMs: number; value: number | null; source: string }[]
  markers: { atMs: number; kind: string; label: string }[]
  /** Left out where clients are not told apart. */
  clients?: { atMs: number; client: string; event: ClientAct['event']; tookMs?: number }[]
}

/**
 * What changed since a cursor; null where the cursor is unknown. Seconds are told when they are
 * over. With a capped book, connections are the real sockets and the scenario's connections,
 * refusals and markers are left out; all other metrics come from the scenario either way.
 */
export function changesSince(
  world: World,
  book: SocketBook,
  nowMs: number,
  after: string | null,
): FeedPage | null {
  const position = after === null ? null : positionOf(world, after)
  const told = simSecAt(world, nowMs) - 1
  // A cursor a little ahead is ours from before a clock was set back: there is just nothing new.
  if (after !== null && (!position || position.told > told + 3600)) return null
  const isReal = book.cap() !== null
  const { identifiesClients, countsClientSide } = world.scenario
  const page: FeedPage = {
    cursor: '',
    hasMore: false,
    metrics: [...CONNECTION_METRICS],
    samples: [],
    errors: [],
    limits: [],
    markers: [],
    // Nobody says who opens a real socket: an address or a connection is no client.
    ...(identifiesClients && !isReal ? { clients: [] } : {}),
  }
  if (countsClientSide && !isReal) page.metrics.push(CLIENT_SIDE_METRIC)
  const from = position ? position.told + 1 : Math.max(FIRST_SEC, told - 3599)
  let sec = from
  const isFull = () =>
    page.samples.length >= MOST_SAMPLES - 20 || (page.clients?.length ?? 0) >= ENOUGH_ACTS
  while (sec <= told && !isFull()) {
    tellSecond(page, world, sec, { isFirst: !position && sec === from, isReal })
    sec += 1
  }
  let booked = position?.booked ?? 0
  let hasMoreBooked = false
  if (isReal) {
    const room = Math.floor((MOST_SAMPLES - page.samples.length) / 2)
    const read = book.read(position?.booked ?? null, room)
    if (!read) return null
    tellBook(page, read.entries)
    booked = read.next
    hasMoreBooked = read.hasMore
  }
  if (from <= 0) page.metrics.push(...BACKLOG_METRICS)
  page.hasMore = sec <= told || hasMoreBooked
  page.cursor = `${tagOf(world)}.${sec - 1}.${booked}`
  return page
}

/** Marks the cursors of one simulation, so that those of another are unknown. */
const tagOf = ({ seed, startMs }: World) =>
  identifier(seed, Math.floor(startMs / 1000), STREAM.organisation).slice(0, 8)

function positionOf(world: World, cursor: string): { told: number; booked: number } | null {
  const match = /^([\da-f]{8})\.(-?\d+)\.(\d+)$/.exec(cursor)
  if (match?.[1] !== tagOf(world)) return null
  return { told: Number(match[2]), booked: Number(match[3]) }
}

function tellSecond(
  page: FeedPage,
  world: World,
  sec: SimSec,
  { isFirst, isReal }: { isFirst: boolean; isReal: boolean },
) {
  const atMs = instantOf(world, sec)
  if (sec <= 0) tellBacklog(page, world, sec, isFirst)
  const books = connectionSecond(world, sec)
  const errors = errorsInSecond(world, sec, books)
  const isBlind = world.scenario.feedGaps.some(({ from, to }) => sec >= from && sec < to)
  if (!isReal) {
    const step = limitStepAt(world, sec)
    if (isFirst || step.from === sec)
      page.limits.push({
        metric: 'connections.open',
        fromMs: instantOf(world, step.from),
        value: step.value,
        source: step.source,
      })
    const attempts = attemptsInSecond(books, errors)
    page.samples.push(
      { metric: 'connections.open', atMs, value: isBlind ? null : books.open },
      // A count stands at the end of the time it counts.
      { metric: 'connections.attempts', atMs: atMs + 1000, value: isBlind ? null : attempts },
    )
    if (world.scenario.countsClientSide) {
      const value = isBlind ? null : clientSideOf(world, sec, books)
      page.samples.push({ metric: CLIENT_SIDE_METRIC.id, atMs, value })
    }
    for (const { kind, label } of markersInSecond(world, sec))
      page.markers.push({ atMs, kind, label })
  }
  if (isBlind) return
  if (page.clients)
    for (const { withinMs, client, event, tookMs } of clientActsInSecond(world, sec, books))
      page.clients.push({
        atMs: atMs + withinMs,
        client,
        event,
        ...(event === 'closed' ? {} : { tookMs }),
      })
  for (const [index, { correlationId, ...group }] of errors.entries()) {
    if (isReal && (group.class === 'capacity' || group.class === 'socket')) continue
    const within = Math.floor(1000 * noiseAt(world.seed + index, sec, STREAM.route))
    page.errors.push({
      atMs: atMs + within,
      ...group,
      ...(correlationId === null ? {} : { correlationId }),
    })
  }
}

/** All that is open, but for what the application gave up without closing it. */
function clientSideOf(world: World, sec: SimSec, { open }: ConnectionSecond): number {
  const { load, baseline } = world.scenario
  const iteration = load && iterationAt(load, baseline, sec)
  return Math.max(0, open - (iteration ? unreleasedIn(iteration, baseline, sec) : 0))
}

/** The hour before the start of what the API tells only from the start on. */
function tellBacklog(page: FeedPage, world: World, sec: SimSec, isFirst: boolean) {
  const atMs = instantOf(world, sec)
  const capacity = capacityAt(world, sec)
  const before = capacityAt(world, sec - 1)
  const capacities = [
    ['calls.concurrent', capacity.calls, before.calls],
    ['callSessions.concurrent', capacity.sessions, before.sessions],
  ] as const
  for (const [metric, value, was] of capacities)
    if (isFirst || value !== was)
      page.limits.push({ metric, fromMs: atMs, value, source: 'told with the value' })
  if (sec % BACKLOG_EVERY_SEC !== 0) return
  const tell = (metric: string, value: number) => page.samples.push({ metric, atMs, value })
  const { calls, sessions } = callsAt(world, sec)
  tell('calls.concurrent', calls)
  tell('callSessions.concurrent', sessions)
  tell('ws.usersOnline', usersOnlineAt(world, sec))
  const total = { interacting: 0, waiting: 0 }
  for (const media of MEDIA) {
    const { interacting, waiting } = mediaActivityAt(world, sec, media)
    tell(`acd.interacting.${media}`, interacting)
    tell(`acd.waiting.${media}`, waiting)
    total.interacting += interacting
    total.waiting += waiting
  }
  tell('acd.interacting', total.interacting)
  tell('acd.waiting', total.waiting)
}

function tellBook(page: FeedPage, entries: NonNullable<ReturnType<SocketBook['read']>>['entries']) {
  const metric = 'connections.open'
  for (const entry of entries) {
    if (entry.kind === 'sample') {
      const { atMs, open, attempts } = entry
      page.samples.push(
        { metric, atMs, value: open },
        { metric: 'connections.attempts', atMs, value: attempts },
      )
    } else if (entry.kind === 'limit')
      page.limits.push({
        metric,
        fromMs: entry.atMs,
        value: entry.value,
        source: 'cap of the server',
      })
    else {
      const { atMs, route, app, count, correlationId } = entry
      page.errors.push({
        atMs,
        class: 'capacity',
        status: 503,
        count,
        route,
        app,
        correlationId,
      })
    }
  }
}
