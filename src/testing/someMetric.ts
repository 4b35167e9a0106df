import { DEFAULT_THRESHOLDS, type Metric } from '#domain/metrics/metric.ts'
import { durationMs, metricId } from '#domain/units.ts'

/** A measured gauge of the organisation, asked every two seconds unless said otherwise. */
export const someMetric = (id: string, known: Partial<Metric> = {}): Metric => ({
  id: metricId(id),
  title: id,
  unit: 'count',
  kind: 'gauge',
  group: 'other',
  provenance: 'measured',
  scope: 'organisation',
  origin: 'test',
  intervalMs: durationMs(2_000),
  thresholds: DEFAULT_THRESHOLDS,
  ...known,
})
