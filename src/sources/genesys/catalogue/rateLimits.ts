import * as z from 'zod/mini'
import type { LimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type Observation, observation } from '#domain/observation.ts'
import { type EpochMs, epochMs, type MetricId, MINUTE_MS, sourceId } from '#domain/units.ts'
import { columnsOf } from '../../columnsOf.ts'
import type { PolledSource } from '../../polledSource.ts'
import { countShape } from '../../shape.ts'
import { askJson, type Call } from '../client.ts'
import type { Connection } from '../connection.ts'
import { inFinestBuckets } from './finestBuckets.ts'
import { genesysMetric, seconds } from './genesysMetric.ts'
import { intervalStartShape } from './instantShape.ts'

/** Buckets asked for again each time: the newest ones still change. */
const BUCKETS = 10

const bucketShape = z.object({
  interval: intervalStartShape(),
  metrics: z.array(
    z.object({
      metric: z.string(),
      stats: z.object({ max: z.optional(z.nullable(countShape())) }),
    }),
  ),
})
export const rateLimitsShape = z.object({
  // Left out where nothing is near its limit: "below about 90 %, or not tracked", which is no zero.
  results: z.optional(
    z.array(
      z.object({
        group: z.object({
          namespace: z.string(),
          limitName: z.string(),
          max: z.optional(z.string()),
        }),
        data: z.array(bucketShape),
      }),
    ),
  ),
})
export type RateLimitsReply = z.infer<typeof rateLimitsShape>

/**
 * Limits the platform itself records as nearly reached: best effort, from about 90 % on. Nothing
 * recorded means nothing known, so these series come and go (facts §5.3).
 */
export function rateLimitsSource(connection: Connection): PolledSource {
  return {
    id: sourceId('genesys.rateLimits'),
    title: 'Limits nearly reached',
    everyMs: seconds(60),
    metrics: [],
    permissions: rateLimitsCall(1, epochMs(0)).permissions,
    ask: inFinestBuckets(async (minutes, context) => {
      const call = rateLimitsCall(minutes, context.now())
      return observationOf(await askJson(context, connection, call, rateLimitsShape))
    }),
  }
}

/** Asks for ten buckets of this length, the last of them the one that is running. */
export function rateLimitsCall(minutes: number, now: EpochMs): Call {
  const bucketMs = minutes * MINUTE_MS
  const end = (Math.floor(now / bucketMs) + 1) * bucketMs
  const iso = (at: number) => new Date(at).toISOString()
  return {
    method: 'POST',
    path: '/api/v2/analytics/ratelimits/aggregates/query',
    body: {
      interval: `${iso(end - BUCKETS * bucketMs)}/${iso(end)}`,
      granularity: `PT${minutes}M`,
      groupBy: ['namespace', 'limitName', 'max'],
      metrics: ['oRateLimitRecorded'],
    },
    permissions: ['analytics:rateLimitAggregate:view'],
  }
}

type Recorded = { at: EpochMs; value: number }

/** Groups that differ in `max` alone are one series whose limit moved. */
function observationOf({ results = [] }: RateLimitsReply): Observation {
  const metrics = new Map<MetricId, Metric>()
  const recorded = new Map<MetricId, Recorded[]>()
  const limits: { metric: MetricId; step: LimitStep }[] = []
  for (const { group, data } of results) {
    const metric = metricOf(group.namespace, group.limitName)
    metrics.set(metric.id, metric)
    const points = data.flatMap((bucket) => pointOf(bucket))
    recorded.set(metric.id, [...(recorded.get(metric.id) ?? []), ...points])
    for (const { at } of points.slice(0, 1))
      limits.push({ metric: metric.id, step: { from: at, ...limitOf(group.max) } })
  }
  return observation({
    metrics: [...metrics.values()],
    samples: [...recorded].map(([metric, points]) => ({ metric, series: columnsOf(points) })),
    limits,
  })
}

function pointOf({ interval, metrics }: z.infer<typeof bucketShape>): Recorded[] {
  const max = metrics.find(({ metric }) => metric === 'oRateLimitRecorded')?.stats.max
  return max === undefined || max === null ? [] : [{ at: interval, value: max }]
}

const metricOf = (namespace: string, name: string) =>
  genesysMetric({
    id: `limits.pressure:${namespace}/${name}`,
    title: `${namespace} ${name}`,
    unit: /per\.minute/.test(name) ? 'perMinute' : 'count',
    group: 'api',
    // They come only while the limit is near: silence is no sign of blindness.
    intervalMs: null,
    limitKey: { namespace, key: name },
    note: 'recorded from about 90 % on',
  })

function limitOf(max: string | undefined): Pick<LimitStep, 'value' | 'source'> {
  const value = Number(max || Number.NaN)
  return Number.isFinite(value) && value > 0
    ? { value, source: 'recorded with the rate limit' }
    : { value: null, source: 'the record names no maximum' }
}
