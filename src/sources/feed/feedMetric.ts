import type * as z from 'zod/mini'
import { DEFAULT_THRESHOLDS, type Metric, type MetricGroup } from '#domain/metrics/metric.ts'
import { type DurationMs, durationMs, metricId } from '#domain/units.ts'
import type { feedMetricShape } from './feedShape.ts'

type Described = z.infer<typeof feedMetricShape>

/** A metric as a feed describes it; `usualMs` is how far apart its samples come where it does not say so. */
export function feedMetric(
  { id, everyMs, file, ...described }: Described,
  origin: string,
  usualMs: DurationMs,
): Metric {
  const metric: Metric = {
    ...described,
    id: metricId(id),
    group: groupOf(id, described.kind),
    origin,
    intervalMs: everyMs === undefined ? usualMs : everyMs === null ? null : durationMs(everyMs),
    thresholds: DEFAULT_THRESHOLDS,
  }
  if (file === undefined) return metric
  // What a load tool counts is its connections, whatever its series are called.
  const group = described.kind === 'gauge' ? 'connections' : 'other'
  return { ...metric, group, origin: file, isFollowed: true }
}

/** By what a level's id begins with. */
const GROUPS: readonly { starts: RegExp; group: MetricGroup }[] = [
  { starts: /^(connection|socket|ws|client|probe\.websockets)/i, group: 'connections' },
  { starts: /^(call|session|conversation|messaging)/i, group: 'sessions' },
  { starts: /^(queue|acd)/i, group: 'queue' },
  { starts: /^api/i, group: 'api' },
]

/**
 * The protocol does not say where a metric is drawn. A count per interval is no level: it has no
 * place among levels.
 */
function groupOf(id: string, kind: Metric['kind']): MetricGroup {
  if (kind === 'count') return 'other'
  return GROUPS.find(({ starts }) => starts.test(id))?.group ?? 'other'
}

/** Fewer samples say nothing about how far apart they come. */
const ENOUGH_SAMPLES = 8
const SECOND = 1000

/**
 * How far apart the samples of a feed come: the median distance in whole seconds, at least
 * `leastMs`. Null where there are too few to tell. Times are oldest first.
 */
export function usualIntervalMs(timeMs: Float64Array, leastMs: DurationMs): DurationMs | null {
  if (timeMs.length < ENOUGH_SAMPLES) return null
  const distances = timeMs.slice(1).map((at, i) => at - timeMs[i]!)
  const median = distances.sort()[distances.length >> 1]!
  return durationMs(Math.max(leastMs, Math.ceil(median / SECOND) * SECOND))
}
