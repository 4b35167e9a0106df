import * as z from 'zod/mini'
import { type Observation, observation } from '#domain/observation.ts'
import { type EpochMs, epochMs, metricId, MINUTE_MS, sourceId } from '#domain/units.ts'
import { columnsOf } from '../../columnsOf.ts'
import type { AskContext, PolledSource } from '../../polledSource.ts'
import { countShape } from '../../shape.ts'
import { askJson, type Call } from '../client.ts'
import type { Connection } from '../connection.ts'
import { inFinestBuckets } from './finestBuckets.ts'
import { genesysMetric, seconds } from './genesysMetric.ts'
import { intervalEndShape } from './instantShape.ts'

const EVERY = seconds(60)
const PERMISSIONS = ['analytics:conversationAggregate:view']

/** Buckets asked for again each time: the newest ones still change. */
const BUCKETS = 10

/**
 * What a reply leaves out of a younger bucket may still come, so that it is not known to be nothing. How
 * late aggregates are is not documented; minutes are what is expected (facts §12).
 */
const SETTLED_MS = 5 * MINUTE_MS

const metrics = [
  genesysMetric({
    id: 'acd.offered',
    title: 'Offered',
    kind: 'count',
    group: 'queue',
    intervalMs: EVERY,
    note: 'conversations that came to a queue',
  }),
  genesysMetric({
    id: 'acd.abandoned',
    title: 'Abandoned',
    kind: 'count',
    group: 'queue',
    intervalMs: EVERY,
    note: 'conversations given up while they waited',
  }),
  genesysMetric({
    id: 'acd.serviceLevel',
    title: 'Service level',
    unit: 'percent',
    group: 'queue',
    intervalMs: EVERY,
    note: 'answered within the target of their queue',
  }),
]

const statsShape = z.object({
  count: z.optional(z.nullable(countShape())),
  numerator: z.optional(z.nullable(countShape())),
  denominator: z.optional(z.nullable(countShape())),
})
const shape = z.object({
  // Left out where nothing came to any queue.
  results: z.optional(
    z.array(
      z.object({
        data: z.optional(
          z.array(
            z.object({
              interval: intervalEndShape(),
              metrics: z.array(z.object({ metric: z.string(), stats: z.optional(statsShape) })),
            }),
          ),
        ),
      }),
    ),
  ),
})
type Reply = z.infer<typeof shape>

/**
 * How those who came to queues were served, of all media together and bucket by bucket. A late source:
 * a bucket is told when it is over, stands at its end, and is told again when it has changed.
 *
 * Members and metrics are those of the API's description; that abandons are `tAbandon`'s count, and that
 * service level comes for a query over several queues, is not verified. What does not come is not told.
 */
export function queueServiceSource(connection: Connection): PolledSource {
  let told = new Map<string, number>()

  async function ask(minutes: number, context: AskContext): Promise<Observation> {
    const now = context.now()
    const reply = await askJson(context, connection, callOf(minutes, now), shape)
    const points = pointsOf(reply, bucketEnds(minutes, now), now)
    const news = points.filter(({ metric, at, value }) => told.get(`${metric} ${at}`) !== value)
    told = new Map(points.map(({ metric, at, value }) => [`${metric} ${at}`, value]))
    return observation({
      samples: metrics
        .map(({ id }) => ({
          metric: id,
          series: columnsOf(news.filter(({ metric }) => metric === id)),
        }))
        .filter(({ series }) => series.timeMs.length > 0),
    })
  }

  return {
    id: sourceId('genesys.queueService'),
    title: 'Abandons and service level',
    everyMs: EVERY,
    metrics,
    permissions: PERMISSIONS,
    ask: inFinestBuckets(ask),
  }
}

/** Those that are over, oldest first. */
function bucketEnds(minutes: number, now: EpochMs): EpochMs[] {
  const bucketMs = minutes * MINUTE_MS
  const newest = Math.floor(now / bucketMs) * bucketMs
  return Array.from({ length: BUCKETS }, (_, i) => epochMs(newest - (BUCKETS - 1 - i) * bucketMs))
}

function callOf(minutes: number, now: EpochMs): Call {
  const ends = bucketEnds(minutes, now)
  const iso = (at: number) => new Date(at).toISOString()
  return {
    method: 'POST',
    path: '/api/v2/analytics/conversations/aggregates/query',
    body: {
      interval: `${iso(ends[0]! - minutes * MINUTE_MS)}/${iso(ends.at(-1)!)}`,
      granularity: `PT${minutes}M`,
      groupBy: ['mediaType'],
      metrics: ['nOffered', 'tAbandon', 'oServiceLevel'],
    },
    permissions: PERMISSIONS,
  }
}

type Served = { offered: number; abandoned: number; inTime: number; judged: number }
type Point = { metric: (typeof metrics)[number]['id']; at: EpochMs; value: number }

function pointsOf(reply: Reply, ends: readonly EpochMs[], now: EpochMs): Point[] {
  const served = servedBy(reply)
  return ends.flatMap((at): Point[] => {
    const bucket = served.get(at) ?? (now - at >= SETTLED_MS ? NOBODY : null)
    if (!bucket) return []
    const { offered, abandoned, inTime, judged } = bucket
    const counts = [
      { metric: metricId('acd.offered'), at, value: offered },
      { metric: metricId('acd.abandoned'), at, value: abandoned },
    ]
    if (judged === 0) return counts
    const percent = (100 * Math.min(inTime, judged)) / judged
    return [...counts, { metric: metricId('acd.serviceLevel'), at, value: percent }]
  })
}

const NOBODY: Served = { offered: 0, abandoned: 0, inTime: 0, judged: 0 }

/** All media of each bucket, by its end. */
function servedBy({ results = [] }: Reply): ReadonlyMap<EpochMs, Served> {
  const served = new Map<EpochMs, Served>()
  for (const { interval: end, metrics: told } of results.flatMap(({ data = [] }) => data)) {
    const sum = { ...(served.get(end) ?? NOBODY) }
    for (const { metric, stats } of told) {
      if (metric === 'nOffered') sum.offered += stats?.count ?? 0
      if (metric === 'tAbandon') sum.abandoned += stats?.count ?? 0
      if (metric !== 'oServiceLevel') continue
      sum.inTime += stats?.numerator ?? 0
      sum.judged += stats?.denominator ?? 0
    }
    served.set(end, sum)
  }
  return served
}
