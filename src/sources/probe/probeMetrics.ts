import { DEFAULT_THRESHOLDS, type Metric, type MetricGroup } from '#domain/metrics/metric.ts'
import { type DurationMs, type MetricId, metricId } from '#domain/units.ts'
import type { OpenKind } from './reportShape.ts'

/**
 * Whom the probes reported to: a recorder, or a Tidemark tab of their own origin. They are other
 * clients, so what they come to are other series, also of one organisation.
 */
export type ReportedTo = 'recorder' | 'tab'

export type ProbeMetricIds = Readonly<
  Record<OpenKind, MetricId> & { tabs: MetricId; attempts: MetricId }
>

const idsOf = (prefix: string): ProbeMetricIds => ({
  websockets: metricId(`${prefix}.websockets.open`),
  eventsources: metricId(`${prefix}.eventsources.open`),
  peerconnections: metricId(`${prefix}.peerconnections.open`),
  tracks: metricId(`${prefix}.tracks.live`),
  tabs: metricId(`${prefix}.tabs.reporting`),
  attempts: metricId(`${prefix}.websockets.attempts`),
})

export const PROBE_METRICS: Readonly<Record<ReportedTo, ProbeMetricIds>> = {
  recorder: idsOf('probe'),
  tab: idsOf('probe.sameOrigin'),
}

const ORIGINS: Readonly<Record<ReportedTo, string>> = {
  recorder: 'Connection probe',
  tab: 'Connection probe, same origin',
}

/** What the probe counts, all of it in the pages themselves. */
export function probeMetrics(intervalMs: DurationMs, reportedTo: ReportedTo): readonly Metric[] {
  const ids = PROBE_METRICS[reportedTo]
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
    origin: ORIGINS[reportedTo],
    intervalMs,
    thresholds: DEFAULT_THRESHOLDS,
  })
  return [
    metric(ids.websockets, 'WebSockets of instrumented clients', 'connections'),
    metric(ids.eventsources, 'EventSources of instrumented clients', 'other'),
    metric(ids.peerconnections, 'Peer connections of instrumented clients', 'other'),
    metric(ids.tracks, 'Live media tracks of instrumented clients', 'other'),
    metric(ids.tabs, 'Tabs that report', 'other'),
    metric(ids.attempts, 'WebSocket attempts of instrumented clients', 'other', 'count'),
  ]
}
