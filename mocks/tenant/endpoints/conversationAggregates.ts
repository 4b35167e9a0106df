import {
  NO_SERVICE,
  SERVICE_TARGET_RATIO,
  type Service,
  serviceOfBoth,
  serviceWithin,
} from '../../model/service.ts'
import { simSecAt } from '../../model/world.ts'
import { type Bucket, bucketsOf, intervalText } from '../buckets.ts'
import { badRequest, ok } from '../reply.ts'
import { type Call, objectOf, type Route, textsOf } from '../route.ts'
import { groupsOf, type QueueGroup } from './queueFilter.ts'

/** `n…` metrics count, `t…` metrics are times in milliseconds with the number of those they are about. */
const times = (count: number, sum: number, max: number) => ({ count, sum, max })

const STATS: Readonly<Record<string, (service: Service) => Record<string, number>>> = {
  nOffered: ({ offered }) => ({ count: offered }),
  nOverSla: ({ late }) => ({ count: late }),
  tAnswered: (service) => times(service.answered, service.answerWaitMs, service.longestAnswerMs),
  tAbandon: (service) => times(service.abandoned, service.abandonWaitMs, service.longestAbandonMs),
  tWait: (service) =>
    times(
      service.answered + service.abandoned,
      service.answerWaitMs + service.abandonWaitMs,
      Math.max(service.longestAnswerMs, service.longestAbandonMs),
    ),
  oServiceLevel: ({ answered, abandoned, late }) => {
    const [numerator, denominator] = [answered - late, answered + abandoned]
    const ratio = denominator === 0 ? 0 : numerator / denominator
    return { ratio, numerator, denominator, target: SERVICE_TARGET_RATIO }
  },
}

/** A metric without anything to tell is left out (not verified, and what a reader must stand). */
const isEmpty = ({ count, denominator }: Record<string, number>) => (count ?? denominator) === 0

function serviceOf({ world }: Call, { members }: QueueGroup, bucket: Bucket): Service {
  const stretch = { from: simSecAt(world, bucket.fromMs), to: simSecAt(world, bucket.toMs) }
  return members
    .map(({ queue, media }) => serviceWithin(world, stretch, queue.index, media))
    .reduce(serviceOfBoth, NO_SERVICE)
}

function conversationAggregates(call: Call) {
  const body = objectOf(call.body)
  const metrics = textsOf(body.metrics, 'metrics').map((metric) => {
    const stats = STATS[metric]
    if (!stats) throw badRequest(`The simulator does not play ${metric}`, 'invalid.value')
    return { metric, stats }
  })
  if (metrics.length === 0) throw badRequest('metrics is missing', 'constraint.validation')
  if (body.granularity === undefined)
    throw badRequest('The simulator wants a granularity', 'invalid.value')
  const buckets = bucketsOf(call, body)
  const results = groupsOf(call, body).map((each) => ({
    group: each.group,
    data: buckets.flatMap((bucket) => {
      const service = serviceOf(call, each, bucket)
      const told = metrics
        .map(({ metric, stats }) => ({ metric, stats: stats(service) }))
        .filter(({ stats }) => !isEmpty(stats))
      return told.length > 0 ? [{ interval: intervalText(bucket), metrics: told }] : []
    }),
  }))
  return { results: results.filter(({ data }) => data.length > 0) }
}

/** How those who came to the queues were served, bucket by bucket. */
export const conversationAggregateRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v2/analytics/conversations/aggregates/query',
    permissions: ['analytics:conversationAggregate:view'],
    answer: (call) => ok(conversationAggregates(call)),
  },
]
