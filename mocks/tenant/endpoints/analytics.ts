import { flowsAt } from '../../model/flows.ts'
import { presencesAt, usersOnlineAt } from '../../model/people.ts'
import { type Activity, activityAt, MEDIA, type Media, queuesOf } from '../../model/queues.ts'
import { badRequest, ok } from '../reply.ts'
import { type Call, listOf, objectOf, type Route, textOf, textsOf } from '../route.ts'

const OBSERVED: Record<string, keyof Activity> = {
  oInteracting: 'interacting',
  oWaiting: 'waiting',
  oAlerting: 'alerting',
}

type Predicate = { dimension: string; value: string }

function predicatesOf(filter: unknown): Predicate[] {
  if (filter === undefined || filter === null) return []
  return listOf(objectOf(filter).predicates, 'predicates').map((entry) => {
    const { dimension, value } = objectOf(entry)
    return { dimension: textOf(dimension, 'dimension'), value: textOf(value, 'value') }
  })
}

const metricsNamed = (value: unknown) =>
  listOf(value, 'metrics').map((entry) =>
    typeof entry === 'string' ? entry : textOf(objectOf(entry).metric, 'metric'),
  )

/** Queues and media that every predicate lets through; predicates of one dimension are alternatives. */
function selected({ world }: Call, predicates: readonly Predicate[]) {
  const values = (dimension: string) =>
    predicates.filter((each) => each.dimension === dimension).map(({ value }) => value)
  const unknown = predicates.find(({ dimension }) => !/^(queueId|mediaType)$/.test(dimension))
  if (unknown)
    throw badRequest(`The simulator does not filter by ${unknown.dimension}`, 'invalid.property')
  const queueIds = values('queueId')
  const media = values('mediaType')
  return {
    queues: queuesOf(world).filter(({ id }) => queueIds.length === 0 || queueIds.includes(id)),
    media: MEDIA.filter((each) => media.length === 0 || media.includes(each)),
  }
}

const GROUPINGS = new Set(['mediaType', 'queueId'])

function conversationActivity(call: Call) {
  const body = objectOf(call.body)
  const groupBy = textsOf(body.groupBy, 'groupBy')
  const metrics = metricsNamed(body.metrics)
  const foreign = groupBy.find((name) => !GROUPINGS.has(name))
  if (foreign) throw badRequest(`The simulator does not group by ${foreign}`, 'invalid.value')
  if (metrics.length === 0) throw badRequest('metrics is missing', 'constraint.validation')
  const { queues, media } = selected(call, predicatesOf(body.filter))
  const groups = new Map<string, { group: Record<string, string>; sum: Activity }>()
  for (const queue of queues)
    for (const mediaType of media) {
      const group = {
        ...(groupBy.includes('mediaType') ? { mediaType } : {}),
        ...(groupBy.includes('queueId') ? { queueId: queue.id } : {}),
      }
      const key = JSON.stringify(group)
      const sum = groups.get(key)?.sum ?? { interacting: 0, waiting: 0, alerting: 0 }
      const activity = activityAt(call.world, call.sec, queue.index, mediaType)
      for (const part of Object.values(OBSERVED)) sum[part] += activity[part]
      groups.set(key, { group, sum })
    }
  return {
    results: [...groups.values()].map(({ group, sum }) => ({
      group,
      data: metrics.flatMap((metric) =>
        OBSERVED[metric] ? [{ metric, count: sum[OBSERVED[metric]] }] : [],
      ),
    })),
  }
}

function queueObservations(call: Call) {
  const body = objectOf(call.body)
  if (body.filter === undefined) throw badRequest('filter is missing', 'constraint.validation')
  const metrics = metricsNamed(body.metrics)
  const { queues, media } = selected(call, predicatesOf(body.filter))
  const observe = (metric: string, queue: number, mediaType: Media) => {
    const part = OBSERVED[metric]
    return part
      ? [{ metric, stats: { count: activityAt(call.world, call.sec, queue, mediaType)[part] } }]
      : []
  }
  return {
    results: queues.flatMap(({ id, index }) =>
      media.map((mediaType) => ({
        group: { queueId: id, mediaType },
        data: metrics.flatMap((metric) => observe(metric, index, mediaType)),
      })),
    ),
  }
}

function agentCounts(call: Call) {
  const body = call.body === null ? {} : objectOf(call.body)
  const predicates = predicatesOf(body.userFilter)
  const unknown = predicates.find(({ dimension }) => dimension !== 'online')
  if (unknown)
    throw badRequest(`The simulator does not filter by ${unknown.dimension}`, 'invalid.property')
  const online = predicates[0]?.value
  const groupBy = call.url.searchParams.getAll('groupBy').flatMap((names) => names.split(','))
  const presences = presencesAt(call.world, call.sec).filter(
    ({ presence }) => online === undefined || (presence !== 'OFFLINE') === (online === 'true'),
  )
  const total = presences.reduce((sum, { count }) => sum + count, 0)
  const onQueue = presences.find(({ presence }) => presence === 'ON_QUEUE')?.count ?? 0
  const interacting = Math.min(onQueue, Math.round(usersOnlineAt(call.world, call.sec) * 0.19))
  return {
    ...(groupBy.includes('presence')
      ? {
          presenceCounts: presences.map(({ presence, count }) => ({
            systemPresence: presence,
            count,
          })),
        }
      : {}),
    ...(groupBy.includes('routingStatus')
      ? {
          routingStatusCounts: [
            { routingStatus: 'OFF_QUEUE', count: total - onQueue },
            { routingStatus: 'INTERACTING', count: interacting },
            { routingStatus: 'IDLE', count: onQueue - interacting },
          ],
        }
      : {}),
    ...(groupBy.includes('isOutOfOffice')
      ? { isOutOfOfficeCounts: [{ isOutOfOffice: false, count: total }] }
      : {}),
  }
}

function flowActivity(call: Call) {
  const body = objectOf(call.body)
  const groupBy = textsOf(body.groupBy, 'groupBy')
  if (groupBy.join() !== 'flowType')
    throw badRequest('The simulator groups flows by flowType alone', 'invalid.value')
  return {
    results: flowsAt(call.world, call.sec).map(({ type, count }) => ({
      group: { flowType: type },
      data: [{ metric: 'oFlow', count }],
    })),
  }
}

const QUEUES_SEEN = ['analytics:queueObservation:view']

export const analyticsRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v2/analytics/conversations/activity/query',
    permissions: QUEUES_SEEN,
    answer: (call) => ok(conversationActivity(call)),
  },
  {
    method: 'POST',
    path: '/api/v2/analytics/queues/observations/query',
    permissions: QUEUES_SEEN,
    answer: (call) => ok(queueObservations(call)),
  },
  {
    method: 'POST',
    path: '/api/v2/analytics/agents/status/counts',
    permissions: ['analytics:agentState:view'],
    answer: (call) => ok(agentCounts(call)),
  },
  {
    method: 'POST',
    path: '/api/v2/analytics/flows/activity/query',
    permissions: ['analytics:flowObservation:view'],
    answer: (call) => ok(flowActivity(call)),
  },
]
