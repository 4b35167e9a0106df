import type { AlertRecord } from '#domain/alerts/backtest.ts'
import type { Lapse } from '#domain/alerts/blindness.ts'
import { errorEvent, type ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { LimitStep, LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import { durationMs, epochMs, type MetricId } from '#domain/units.ts'
import { callsAt, capacityAt } from '#mocks/model/calls.ts'
import { connectionSecond } from '#mocks/model/connections.ts'
import { attemptsInSecond, errorsInSecond } from '#mocks/model/errors.ts'
import { markersInSecond } from '#mocks/model/markers.ts'
import { createWorld, instantOf, type World } from '#mocks/model/world.ts'
import type { Scenario } from '#mocks/scenarios/scenario.ts'
import { createTenant } from '#mocks/tenant.ts'
import { someMetric } from './someMetric.ts'

/** 17 September 2026, 13:00 in Berlin. */
export const PLAY_START = epochMs(1_789_642_800_000)
const API_EVERY_SEC = 15

const OPEN = someMetric('connections.open', {
  title: 'WebSocket connections',
  group: 'connections',
})
const ATTEMPTS = someMetric('connections.attempts', { kind: 'count', group: 'connections' })
const ofApi = (id: string, title: string): Metric =>
  someMetric(id, { title, group: 'sessions', intervalMs: durationMs(API_EVERY_SEC * 1_000) })
const CALLS = ofApi('calls.concurrent', 'Calls')
const SESSIONS = ofApi('callSessions.concurrent', 'Call sessions')

type Column = { timeMs: number[]; value: number[] }
type Columns = Map<MetricId, Column>

/**
 * What Tidemark records of a simulated organisation in [fromSec, toSec): connections by its feed,
 * in steps of `everySec`, calls by its API. From the start on the API is really asked, with one token
 * and as often as it allows, unless `isApiAsked` is false: asking for a week takes long.
 */
export async function playedRecord(
  scenario: Scenario,
  fromSec: number,
  toSec: number,
  { everySec = 1, isApiAsked = true } = {},
): Promise<AlertRecord> {
  const world = createWorld(scenario, 42, PLAY_START)
  const columns: Columns = new Map()
  const errors: ErrorEvent[] = []
  const markers: Marker[] = []
  let attempts = 0
  for (let sec = fromSec; sec < toSec; sec++) {
    const books = connectionSecond(world, sec)
    const failed = errorsInSecond(world, sec, books)
    const at = instantOf(world, sec)
    attempts += attemptsInSecond(books, failed)
    if (sec % everySec === 0) {
      put(columns, OPEN.id, at, books.open)
      put(columns, ATTEMPTS.id, at + 1_000, attempts)
      attempts = 0
    }
    for (const { class: kind, count, status } of failed)
      errors.push(errorEvent({ at, class: kind, status, count, source: 'feed' }))
    for (const { kind, label } of markersInSecond(world, sec))
      markers.push({ id: `${kind}:${at}`, at, kind, label, origin: 'feed' })
  }
  const lapses = await playApi(world, columns, { fromSec, toSec, isApiAsked })
  return {
    from: instantOf(world, fromSec),
    to: instantOf(world, toSec),
    metrics: [OPEN, ATTEMPTS, CALLS, SESSIONS],
    limits: limitsOf(world, fromSec, toSec),
    samples: [...columns].map(([metric, { timeMs, value }]) => ({
      metric,
      series: { timeMs: Float64Array.from(timeMs), value: Float64Array.from(value) },
    })),
    errors,
    markers,
    lapses,
    leaksOf: OPEN.id,
  }
}

function put(columns: Columns, metric: MetricId, at: number, value: number) {
  const column = columns.get(metric) ?? { timeMs: [], value: [] }
  columns.set(metric, column)
  column.timeMs.push(at)
  column.value.push(value)
}

/** Before the start the feed's backlog tells the calls; after it nobody does but the API. */
async function playApi(
  world: World,
  columns: Columns,
  { fromSec, toSec, isApiAsked }: { fromSec: number; toSec: number; isApiAsked: boolean },
) {
  const api = await openApi(world)
  const lapses: Lapse[] = []
  for (let sec = fromSec; sec < toSec; sec++) {
    if (sec % API_EVERY_SEC !== 0) continue
    const at = instantOf(world, sec)
    const reply = sec < 0 || !isApiAsked ? callsAt(world, sec) : await api.callsAt(sec)
    if ('cause' in reply) {
      lapses.push({ at, metric: CALLS.id, cause: reply.cause })
      lapses.push({ at, metric: SESSIONS.id, cause: reply.cause })
    } else {
      put(columns, CALLS.id, at, reply.calls)
      put(columns, SESSIONS.id, at, reply.sessions)
    }
  }
  return lapses
}

/** A page with one token that nobody renews, which does as it is told by `Retry-After`. */
async function openApi(world: World) {
  let nowMs: number = world.startMs
  const { scenario, seed, startMs } = world
  const tenant = createTenant({ scenario, seed, startMs, now: () => nowMs })
  const login = await tenant.fetch(
    new Request('http://tenant.test/oauth/token', {
      method: 'POST',
      headers: {
        Authorization: `Basic ${btoa('alerts:any')}`,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    }),
  )
  const { access_token: token } = (await login.json()) as { access_token: string }
  let waitsUntilMs = -Infinity
  let lastCause: Lapse['cause'] = 'silent'
  return {
    async callsAt(sec: number): Promise<{ cause: Lapse['cause'] } | ReturnType<typeof callsAt>> {
      nowMs = instantOf(world, sec)
      if (nowMs < waitsUntilMs) return { cause: lastCause }
      const response = await tenant.fetch(
        new Request('http://tenant.test/api/v2/telephony/calls/metrics?metricType=cloud', {
          headers: { Authorization: `Bearer ${token}` },
        }),
      )
      if (response.ok) return callsAt(world, sec)
      lastCause = causeOf(response.status)
      if (lastCause === 'token') waitsUntilMs = Infinity
      else waitsUntilMs = nowMs + 1_000 * Number(response.headers.get('Retry-After') ?? 0)
      return { cause: lastCause }
    },
  }
}

function causeOf(status: number): Lapse['cause'] {
  if (status === 401) return 'token'
  return status === 429 ? 'rate' : 'network'
}

/** Capacities change at whole minutes. */
const CAPACITY_EVERY_SEC = 60

function limitsOf(world: World, fromSec: number, toSec: number) {
  const limits = new Map<MetricId, LimitSteps>()
  limits.set(
    OPEN.id,
    world.scenario.limits.map(({ from, value, source }) => ({
      from: instantOf(world, from),
      value,
      source,
    })),
  )
  for (const [metric, member] of [
    [CALLS.id, 'calls'],
    [SESSIONS.id, 'sessions'],
  ] as const) {
    const steps: LimitStep[] = []
    for (let sec = fromSec; sec < toSec; sec += CAPACITY_EVERY_SEC) {
      const value = capacityAt(world, sec)[member]
      if (steps.at(-1)?.value !== value)
        steps.push({ from: instantOf(world, sec), value, source: 'told with the value' })
    }
    limits.set(metric, steps)
  }
  return limits
}
