import type { Metric } from '#domain/metrics/metric.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'
import type { KeptSummaries } from '#sources/history/history.ts'
import type { SummarisedSpan } from '../recallPlan.ts'
import { type SummarisedSeries, summarisedSeries } from '../summaryStore.ts'

/** The part of a reviewed history that is known in steps: drawn, and no part of the incident. */
export type SummarisedWindow = {
  span: SummarisedSpan
  /** Those that have steps. */
  metrics: readonly Metric[]
  byMetric: ReadonlyMap<MetricId, SummarisedSeries>
}

/**
 * What was read of a span, with the lines that are drawn of it, its turns waited for with `paced`.
 * Null where no metric has a step.
 */
export async function summarisedWindow(
  span: SummarisedSpan,
  kept: KeptSummaries,
  paced: () => Promise<void>,
): Promise<SummarisedWindow | null> {
  const known = new Map(kept.metrics.map((metric) => [metric.id, metric]))
  const byMetric = new Map<MetricId, SummarisedSeries>()
  for (const { metric, steps } of kept.summaries) {
    await paced()
    if (steps.startMs.length === 0) continue
    byMetric.set(metric, summarisedSeries(steps, known.get(metric)?.kind ?? 'gauge'))
  }
  if (byMetric.size === 0) return null
  return { span, metrics: kept.metrics.filter(({ id }) => byMetric.has(id)), byMetric }
}

/** The steps that are drawn beside the samples of an incident: not of a metric whose file says more. */
export function stepsBeside(
  { span, byMetric }: SummarisedWindow,
  firstSampleAt: (metric: MetricId) => EpochMs | null,
): SummarisedWindow['byMetric'] {
  const isCovered = (metric: MetricId) => (firstSampleAt(metric) ?? span.to) < span.to
  return new Map([...byMetric].filter(([metric]) => !isCovered(metric)))
}
