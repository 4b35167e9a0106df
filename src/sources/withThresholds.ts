import type { Metric, Thresholds } from '#domain/metrics/metric.ts'
import type { PolledSource } from './polledSource.ts'

/**
 * A source whose metrics, also those it learns of later, have the thresholds set for them by metric
 * id.
 */
export function withThresholds(
  source: PolledSource,
  thresholds: Readonly<Record<string, Thresholds>>,
): PolledSource {
  const adjusted = (metrics: readonly Metric[]) =>
    metrics.map((metric) =>
      // Ids of a feed are foreign text: one may be named like something every object has.
      Object.hasOwn(thresholds, metric.id)
        ? { ...metric, thresholds: thresholds[metric.id] ?? metric.thresholds }
        : metric,
    )
  return {
    ...source,
    metrics: adjusted(source.metrics),
    ask: async (context) => {
      const observed = await source.ask(context)
      return { ...observed, metrics: adjusted(observed.metrics) }
    },
  }
}
