import { openAt } from '../../model/connections.ts'
import { CONNECTION_LIMIT, limitAt } from '../../model/limits.ts'
import { crowdedForSec, rateUseInMinute, USER_RATE } from '../../model/rateUse.ts'
import { episodesAtLimit } from '../../model/truth.ts'
import { FIRST_SEC, instantOf, simSecAt } from '../../model/world.ts'
import type { SimSec } from '../../scenarios/scenario.ts'
import { bucketsOf, intervalText } from '../buckets.ts'
import { badRequest, notFound, ok } from '../reply.ts'
import { type Call, intervalOf, objectOf, type Route, textsOf } from '../route.ts'

/** Below this share the platform records nothing (facts §5.3). */
const RECORDED_FROM = 0.9

const iso = (atMs: number) => new Date(atMs).toISOString()

/** A limit whose use the platform records, minute by minute. */
type TrackedLimit = {
  dimensions: { namespace: string; limitName: string; timeUnit?: string }
  maxAt: (sec: SimSec) => number
  /** The highest use within the minute that begins at a second. */
  usedInMinute: (minuteAt: SimSec) => number
}

/** Real sockets are counted at the door alone; nobody records them. */
function trackedLimits({ world, book }: Call): TrackedLimit[] {
  const requests: TrackedLimit = {
    dimensions: { namespace: USER_RATE.namespace, limitName: USER_RATE.key, timeUnit: 'minute' },
    maxAt: () => USER_RATE.value,
    usedInMinute: (minuteAt) => rateUseInMinute(world, minuteAt),
  }
  const connections: TrackedLimit = {
    dimensions: { namespace: CONNECTION_LIMIT.namespace, limitName: CONNECTION_LIMIT.key },
    maxAt: (sec) => limitAt(world, sec),
    usedInMinute: (minuteAt) =>
      Math.max(...Array.from({ length: 60 }, (_, i) => openAt(world, minuteAt + i))),
  }
  return book.cap() === null ? [requests, connections] : [requests]
}

function rateLimitAggregates(call: Call) {
  const { world } = call
  const body = objectOf(call.body)
  const buckets = bucketsOf(call, body)
  const wanted = textsOf(body.groupBy, 'groupBy')
  if (!wanted.includes('namespace') || !wanted.includes('limitName'))
    throw badRequest('Only groups of one limit each are played', 'invalid.value')
  const groups = new Map<string, { group: Record<string, string>; data: unknown[] }>()
  for (const { dimensions, maxAt, usedInMinute } of trackedLimits(call))
    for (const bucket of buckets) {
      const sec = simSecAt(world, bucket.fromMs)
      const to = simSecAt(world, bucket.toMs)
      const used = Array.from({ length: (to - sec) / 60 }, (_, i) => usedInMinute(sec + i * 60))
      const limit = maxAt(to - 1)
      const max = Math.max(...used)
      if (max < RECORDED_FROM * limit) continue
      const all = Object.entries({ ...dimensions, max: String(limit) })
      const group = Object.fromEntries(all.filter(([name]) => wanted.includes(name)))
      const key = JSON.stringify(group)
      if (!groups.has(key)) groups.set(key, { group, data: [] })
      const stats = { max, min: Math.min(...used), count: used.length }
      groups.get(key)!.data.push({
        interval: intervalText(bucket),
        metrics: [{ metric: 'oRateLimitRecorded', stats }],
      })
    }
  return { results: [...groups.values()] }
}

const DEFINITIONS = [
  {
    id: 'simulated-rate-limit-reached',
    name: 'Rate limit reached',
    description: 'Requests were refused because a rate limit was reached.',
  },
  {
    id: 'simulated-connection-limit-reached',
    name: 'Connection limit reached',
    description: 'Connections were refused because the limit of the organization was reached.',
  },
  {
    id: 'simulated-user-signed-in',
    name: 'User signed in',
    description: 'A user signed in.',
  },
] as const
type DefinitionId = (typeof DEFINITIONS)[number]['id']

const EVENTS = '/api/v2/usage/events'

function eventsWithin({ world, book }: Call, fromMs: number, toMs: number) {
  const from = Math.max(FIRST_SEC, simSecAt(world, fromMs))
  const to = simSecAt(world, toMs)
  const found: { id: DefinitionId; atMs: number; entityName: string; value: string }[] = []
  for (let sec = from; sec < to; sec += 1)
    if (crowdedForSec(world, sec) !== null && crowdedForSec(world, sec - 1) === null)
      found.push({
        id: 'simulated-rate-limit-reached',
        atMs: instantOf(world, sec),
        entityName: USER_RATE.key,
        value: String(USER_RATE.value),
      })
  const episodes = book.cap() === null ? episodesAtLimit(world, { from, to }) : []
  for (const episode of episodes)
    found.push({
      id: 'simulated-connection-limit-reached',
      atMs: instantOf(world, Math.ceil(episode.from)),
      entityName: CONNECTION_LIMIT.key,
      value: 'reached',
    })
  return found.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
}

function events(call: Call) {
  const { url, nowMs } = call
  const body = objectOf(call.body)
  const { fromMs, toMs } = intervalOf(body.interval)
  const ids = textsOf(body.eventDefinitionIds, 'eventDefinitionIds')
  const pageSize = Number(url.searchParams.get('pageSize') ?? 25)
  const after = Number(url.searchParams.get('after') ?? 0)
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 200 || !Number.isInteger(after))
    throw badRequest('pageSize must be 1 to 200, after a cursor', 'invalid.query.param.value')
  const found = eventsWithin(call, fromMs, Math.min(toMs, nowMs))
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .sort((a, b) => (body.sortOrder === 'ASC' ? a.atMs - b.atMs : b.atMs - a.atMs))
  const page = `${EVENTS}/query?pageSize=${pageSize}`
  return {
    entities: found.slice(after, after + pageSize).map(({ id, atMs, entityName, value }) => ({
      eventDefinition: { id, selfUri: `${EVENTS}/definitions/${id}` },
      entityName,
      currentValue: value,
      dateCreated: iso(atMs),
    })),
    selfUri: `${page}&after=${after}`,
    ...(after + pageSize < found.length ? { nextUri: `${page}&after=${after + pageSize}` } : {}),
  }
}

const EVENTS_SEEN = ['usage:events:view']

export const pressureRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v2/analytics/ratelimits/aggregates/query',
    permissions: ['analytics:rateLimitAggregate:view'],
    answer: (call) => ok(rateLimitAggregates(call)),
  },
  {
    method: 'GET',
    path: `${EVENTS}/definitions`,
    permissions: EVENTS_SEEN,
    answer: () => ok({ entities: DEFINITIONS }),
  },
  {
    method: 'GET',
    path: `${EVENTS}/definitions/{eventDefinitionId}`,
    permissions: EVENTS_SEEN,
    answer: ({ params }) => {
      const definition = DEFINITIONS.find(({ id }) => id === params.eventDefinitionId)
      if (!definition) throw notFound('The event definition')
      return ok(definition)
    },
  },
  {
    method: 'POST',
    path: `${EVENTS}/query`,
    permissions: EVENTS_SEEN,
    answer: (call) => ok(events(call)),
  },
]
