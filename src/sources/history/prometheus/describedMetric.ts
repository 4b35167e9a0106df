import type { Metric, MetricUnit, Provenance, Scope } from '#domain/metrics/metric.ts'
import { type DurationMs, durationMs } from '#domain/units.ts'
import { feedMetric } from '../../feed/feedMetric.ts'
import type { LabelledSeries } from './readSeries.ts'

const UNITS: readonly MetricUnit[] = ['count', 'percent', 'perMinute']
const PROVENANCES: readonly Provenance[] = ['measured', 'proxy', 'estimated']
const SCOPES: readonly Scope[] = ['organisation', 'userApp', 'token', 'trunk', 'sampledClients']

export const ORIGIN = 'Prometheus'

/**
 * A metric as the recorder described it. What it did not describe, or in words that are not known here, is
 * called by its id, and never better than a proxy: nobody vouches for it.
 */
export function describedMetric(
  id: string,
  kind: Metric['kind'],
  info: LabelledSeries | undefined,
  intervalMs: number | null,
): Metric {
  const labels = info?.labels ?? {}
  return feedMetric(
    {
      id,
      title: labels['title'] || id,
      unit: oneOf(UNITS, labels['unit']) ?? 'count',
      kind,
      provenance: oneOf(PROVENANCES, labels['provenance']) ?? 'proxy',
      scope: oneOf(SCOPES, labels['scope']) ?? 'organisation',
    },
    ORIGIN,
    wholeSeconds(intervalMs ?? DEFAULT_INTERVAL_MS),
  )
}

const DEFAULT_INTERVAL_MS = 10_000
const SECOND = 1000

const wholeSeconds = (ms: number): DurationMs =>
  durationMs(Math.max(SECOND, Math.ceil(ms / SECOND) * SECOND))

const oneOf = <T extends string>(known: readonly T[], word: string | undefined) =>
  known.find((one) => one === word)
