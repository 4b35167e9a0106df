import { formatCount } from '#domain/format.ts'
import { limitAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { EpochMs } from '#domain/units.ts'
import type { DrawnSeries } from '#monitor/drawnSeries.ts'
import type { ReviewPlan } from './reviewPlan.ts'

/** What a metric was at an instant, of the limit in force then: `1 241 of 1 500`, in a step `412 to 480 of 500`. */
export function levelThen(
  { id }: Metric,
  at: EpochMs,
  { limits }: ReviewPlan,
  drawn: DrawnSeries,
): string {
  const sample = drawn.at(id, at)
  const level = sample ? formatCount(sample.value) : stepWords(drawn, id, at)
  if (level === null) return 'no sample'
  const limit = limitAt(limits.get(id) ?? [], sample?.at ?? at)
  return limit === null ? level : `${level} of ${formatCount(limit)}`
}

function stepWords(drawn: DrawnSeries, metric: Metric['id'], at: EpochMs): string | null {
  const step = drawn.step(metric, at)
  if (!step || step.lowest === null || step.highest === null) return null
  const highest = formatCount(step.highest)
  return step.lowest === step.highest ? highest : `${formatCount(step.lowest)} to ${highest}`
}
