import type { Metric } from '#domain/metrics/metric.ts'
import type { DurationMs, MetricId } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { FollowedFile } from './followedFile.ts'

/** The metrics as the screen shows them: those of a followed file have a pace, so that they get a tile and go stale. */
export const withFollowed = (
  metrics: readonly Metric[],
  followed: readonly MetricId[],
  paceMs: DurationMs,
): readonly Metric[] =>
  metrics.map((metric) =>
    followed.includes(metric.id) ? { ...metric, intervalMs: paceMs, isFollowed: true } : metric,
  )

/** How many threads a followed file says are active now; null where it does not tell. */
export function threadsOf(monitor: OrgMonitor, { state }: FollowedFile): number | null {
  const metric = monitor
    .facts()
    .metrics.find(({ id, kind }) => kind === 'gauge' && state.metrics.includes(id))
  return metric ? (monitor.series.latest(metric.id)?.value ?? null) : null
}
