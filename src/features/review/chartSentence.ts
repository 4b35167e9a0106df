import { formatClock, formatCount, formatDate } from '#domain/format.ts'
import type { Span } from '#domain/incident/incident.ts'
import { limitAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { dayAndClock, windowEnds } from '#domain/timeline/dayAndClock.ts'
import type { DrawnSeries } from '#monitor/drawnSeries.ts'
import { lineName } from '#domain/metrics/lineName.ts'
import type { ReviewPlan } from './reviewPlan.ts'

/** What a chart shows, for those who do not see it: `WebSocket connections, 12:45 to 14:30: peak 1 241 of 1 500 at 14:22:40.` */
export function chartSentence(
  metrics: readonly Metric[],
  { limits }: ReviewPlan,
  drawn: DrawnSeries,
  { from, to }: Span,
  zone: string,
): string {
  if (metrics.length === 0) return 'Nothing is measured here.'
  const [start, end] = windowEnds(from, to, zone)
  const ends = `${start} to ${end}`
  const isOfOneDay = formatDate(from, zone) === formatDate(to, zone)
  return metrics
    .map((metric) => {
      const range = drawn.range(metric.id, from, to)
      if (!range) return `${lineName(metric)}, ${ends}: no samples.`
      const limit = limitAt(limits.get(metric.id) ?? [], range.maxAt)
      const of = limit === null ? '' : ` of ${formatCount(limit)}`
      return `${lineName(metric)}, ${ends}: peak ${formatCount(range.max)}${of} at ${isOfOneDay ? formatClock(range.maxAt, zone) : dayAndClock(range.maxAt, zone, to)}.`
    })
    .join(' ')
}
