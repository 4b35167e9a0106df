import { DEFAULT_THRESHOLDS, type Metric } from '#domain/metrics/metric.ts'
import { type DurationMs, metricId } from '#domain/units.ts'

type Known = Pick<Metric, 'title' | 'group' | 'intervalMs'> &
  Partial<Omit<Metric, 'id'>> & { id: string }

/**
 * A metric that Genesys Cloud answers for: a measured gauge of the whole organisation unless said
 * otherwise.
 */
export const genesysMetric = (known: Known): Metric => ({
  unit: 'count',
  kind: 'gauge',
  provenance: 'measured',
  scope: 'organisation',
  origin: 'Genesys Cloud',
  thresholds: DEFAULT_THRESHOLDS,
  ...known,
  id: metricId(known.id),
})

/** The seconds of an interval, as the catalogue writes them. */
export const seconds = (count: number) => (count * 1000) as DurationMs

/** Why a metric has no limit line (facts §1.4: for most of them no key is known). */
export const NO_KEY = 'no key published for this metric'
