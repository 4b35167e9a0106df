import * as z from 'zod/mini'
import { DEFAULT_THRESHOLDS, type Metric } from '#domain/metrics/metric.ts'
import { type DurationMs, durationMs, type MetricId, metricId } from '#domain/units.ts'

/** Each is a request of its own. */
export const MOST_QUERIES = 20

/** Prometheus itself rarely scrapes more often. */
const SHORTEST_EVERY_MS = 5_000

const isClaimedMeasured = (title: string) => /web\s?socket connections/i.test(title)

/** A PromQL query that is a metric: what Prometheus counts already, e.g. the sockets at a proxy. */
export const promqlQueryShape = z
  .object({
    /** Part of the metric's id. */
    id: z.string().check(z.regex(/^[a-z0-9-]{1,60}$/)),
    title: z.string().check(z.minLength(1), z.maxLength(100)),
    /** Must give one number. */
    query: z.string().check(z.minLength(1), z.maxLength(2_000)),
    unit: z.enum(['count', 'percent', 'perMinute']),
    /** Which chart of Live it belongs to. */
    group: z.enum(['connections', 'sessions', 'queue', 'api', 'other']),
    provenance: z.enum(['measured', 'proxy', 'estimated']),
    scope: z.enum(['organisation', 'userApp', 'token', 'trunk', 'sampledClients']),
    everyMs: z.pipe(
      z.number().check(z.gte(SHORTEST_EVERY_MS)),
      z.transform((length): DurationMs => durationMs(length)),
    ),
  })
  .check(
    z.refine(
      ({ provenance, title }) => provenance === 'measured' || !isClaimedMeasured(title),
      'is called WebSocket connections, and only what was measured may be',
    ),
  )

export type PromqlQuery = z.infer<typeof promqlQueryShape>

/** The series of a query. */
export const queryMetricId = ({ id }: Pick<PromqlQuery, 'id'>): MetricId => metricId(`promql.${id}`)

/** What the number of a query is. */
export const queryMetric = (query: PromqlQuery, origin: string): Metric => ({
  id: queryMetricId(query),
  title: query.title,
  unit: query.unit,
  kind: 'gauge',
  group: query.group,
  provenance: query.provenance,
  scope: query.scope,
  origin,
  intervalMs: query.everyMs,
  thresholds: DEFAULT_THRESHOLDS,
})
