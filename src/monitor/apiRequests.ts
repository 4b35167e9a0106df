import type { LimitStep } from '#domain/metrics/limitSteps.ts'
import { OWN_RATE_KEY } from '#sources/genesys/registry/registrySource.ts'
import { DEFAULT_THRESHOLDS, type Metric } from '#domain/metrics/metric.ts'
import { durationMs, type EpochMs, metricId } from '#domain/units.ts'
import type { PolledSource } from '#sources/polledSource.ts'
import { DOCUMENTED_PER_MINUTE } from './budget.ts'

/** How often Tidemark's own request rate is written down. */
export const API_REQUESTS_EVERY_MS = durationMs(10_000)

/** What Tidemark itself asks of the API: the requests of the last 60 seconds. */
export const API_REQUESTS: Metric = {
  id: metricId('api.requestsPerMinute'),
  title: 'API requests/min',
  unit: 'perMinute',
  kind: 'gauge',
  group: 'api',
  provenance: 'measured',
  scope: 'token',
  origin: 'Tidemark',
  intervalMs: API_REQUESTS_EVERY_MS,
  thresholds: DEFAULT_THRESHOLDS,
  limitKey: OWN_RATE_KEY,
  note: "Tidemark's own",
}

/** What holds until the organisation says otherwise (facts §8.1). */
export const documentedApiLimit = (from: EpochMs): LimitStep => ({
  from,
  value: DOCUMENTED_PER_MINUTE,
  source: 'documented for one token',
})

/** The metrics that are known before anything answers, in the order of the screens, our own last. */
export const catalogueOf = ({
  sources,
  feeds,
  switchedOff = [],
}: {
  sources: readonly PolledSource[]
  feeds: readonly PolledSource[]
  switchedOff?: readonly PolledSource[] | undefined
}): readonly Metric[] => [
  ...[...feeds, ...sources, ...switchedOff].flatMap(({ metrics }) => metrics),
  ...(sources.length > 0 ? [API_REQUESTS] : []),
]
