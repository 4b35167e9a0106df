import { DEFAULT_THRESHOLDS, type Metric, type MetricGroup } from '#domain/metrics/metric.ts'
import { type DurationMs, type MetricId, metricId } from '#domain/units.ts'
import type { OpenKind } from './reportShape.ts'

export const TABS_METRIC = metricId('probe.tabs.reporting')
export const ATTEMPTS_METRIC = metricId('probe.websockets.attempts')
export const OPEN_METRICS: Readonly<Record<OpenKind, MetricId>> = {
  websockets: metricId('probe.websockets.open'),
  eventsources: metricId('probe.eventsources.open'),
  peerconnections: metricId('probe.peerconnections.open'),
  tracks: metricId('probe.tracks.live'),
}

/** What the probe counts, all of it in the pages themselves. */
export function probeMetrics(intervalMs: DurationMs): readonly Metric[] {
  const metric = (
    id: MetricId,
    title: string,
    group: MetricGroup,
    kind: Metric['kind'] = 'gauge',
  ): Metric => ({
    id,
    title,
    unit: 'count',
    kind,
    group,
    provenance: 'measured',
    scope: 'sampledClients',
    origin: 'Connection probe',
    intervalMs,
    thresholds: DEFAULT_THRESHOLDS,
  })
  return [
    metric(OPEN_METRICS.websockets, 'WebSockets of instrumented clients', 'connections'),
    metric(OPEN_METRICS.eventsources, 'EventSources of instrumented clients', 'other'),
    metric(OPEN_METRICS.peerconnections, 'Peer connections of instrumented clients', 'other'),
    metric(OPEN_METRICS.tracks, 'Live media tracks of instrumented clients', 'other'),
    metric(TABS_METRIC, 'Tabs that report', 'other'),
    metric(ATTEMPTS_METRIC, 'WebSocket attempts of instrumented clients', 'other', 'count'),
  ]
}
