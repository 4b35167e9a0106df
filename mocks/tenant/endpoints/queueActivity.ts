import { onQueueUsersAt } from '../../model/people.ts'
import { type Activity, activityAt, type Media, queueShare } from '../../model/queues.ts'
import { longestSec } from '../../model/service.ts'
import { badRequest, ok } from '../reply.ts'
import { type Call, objectOf, type Route } from '../route.ts'
import { groupsOf, metricsNamed, predicatesOf, type QueueGroup, selected } from './queueFilter.ts'

const COUNTED: Readonly<Record<string, keyof Activity>> = {
  oInteracting: 'interacting',
  oWaiting: 'waiting',
  oAlerting: 'alerting',
}

const LONGEST: Readonly<Record<string, 'waiting' | 'interacting'>> = {
  oLongestWaiting: 'waiting',
  oLongestInteracting: 'interacting',
}

/**
 * Since when the longest of a group has waited or talked, as an instant in epoch milliseconds. The
 * description has the member `calculatedMetricValue` and says no unit; two published programs that read
 * it live take it for such an instant, none for a length. Nobody there: the metric is left out.
 */
function longestOf({ world, sec, nowMs }: Call, metric: string, { members }: QueueGroup) {
  const part = LONGEST[metric]
  if (!part) return []
  const lengths = members.flatMap(({ queue: { index }, media }) => {
    const length = longestSec(part, activityAt(world, sec, index, media), index, media)
    return length === null ? [] : [length]
  })
  if (lengths.length === 0) return []
  return [{ metric, calculatedMetricValue: Math.round(nowMs - Math.max(...lengths) * 1000) }]
}

function countOf({ world, sec }: Call, metric: string, { members }: QueueGroup) {
  const part = COUNTED[metric]
  if (!part) return []
  const counts = members.map(({ queue, media }) => activityAt(world, sec, queue.index, media)[part])
  return [{ metric, count: counts.reduce((sum, count) => sum + count, 0) }]
}

function conversationActivity(call: Call) {
  const body = objectOf(call.body)
  const metrics = metricsNamed(body.metrics)
  const groups = groupsOf(call, body)
  if (metrics.length === 0) throw badRequest('metrics is missing', 'constraint.validation')
  return {
    results: groups.map((each) => ({
      group: each.group,
      data: metrics.flatMap((metric) => [
        ...countOf(call, metric, each),
        ...longestOf(call, metric, each),
      ]),
    })),
  }
}

function queueObservations(call: Call) {
  const body = objectOf(call.body)
  if (body.filter === undefined) throw badRequest('filter is missing', 'constraint.validation')
  const metrics = metricsNamed(body.metrics)
  const { queues, media } = selected(call, predicatesOf(body.filter))
  const observe = (metric: string, queue: number, mediaType: Media) => {
    const part = COUNTED[metric]
    return part
      ? [{ metric, stats: { count: activityAt(call.world, call.sec, queue, mediaType)[part] } }]
      : []
  }
  // Users serve a queue, not a medium: they stand in a group without one.
  const users = metrics.filter((metric) => metric === 'oOnQueueUsers')
  return {
    results: queues.flatMap(({ id, index }) => [
      ...media.map((mediaType) => ({
        group: { queueId: id, mediaType },
        data: metrics.flatMap((metric) => observe(metric, index, mediaType)),
      })),
      ...users.map((metric) => ({
        group: { queueId: id },
        data: [
          { metric, stats: { count: onQueueUsersAt(call.world, call.sec, queueShare(index)) } },
        ],
      })),
    ]),
  }
}

const QUEUES_SEEN = ['analytics:queueObservation:view']

export const queueActivityRoutes: readonly Route[] = [
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
]
