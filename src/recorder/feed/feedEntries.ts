import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import { isFileKind } from '#domain/fileKind.ts'
import type { LimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { Observation } from '#domain/observation.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import type { MetricId } from '#domain/units.ts'

/** Our words as feed protocol v1 has them (docs/formats.md). */

/** 2000-01-01: the protocol knows no earlier instant, and no window shows one. */
const EARLIEST_MS = 946_684_800_000

export const metricEntry = (metric: Metric) => {
  const { id, title, unit, kind, provenance, scope, intervalMs, limitKey } = metric
  return {
    id,
    title,
    unit,
    kind,
    provenance,
    scope,
    // A file's series has a pace that only its reader knows; anything else without one comes as it comes.
    ...(isFileSeries(id) ? { file: metric.origin } : { everyMs: intervalMs }),
    ...(limitKey ? { limitKey } : {}),
  }
}

/** `jtl.threads:28a3c85f`. Calls of the API, too, have series that come as they come. */
const isFileSeries = (id: MetricId) => isFileKind(id.split('.')[0]!)

export const sampleEntries = ({
  metric,
  series: { timeMs, value },
}: Observation['samples'][number]) =>
  Array.from(timeMs, (atMs, i) => ({ metric, atMs, value: finiteOrNull(value[i]!) }))

export const errorEntry = (event: ErrorEvent) => ({
  atMs: event.at,
  status: event.status,
  class: event.class,
  place: event.place,
  count: event.count,
  ...(event.route === null ? {} : { route: event.route }),
  ...(event.app === null ? {} : { app: event.app }),
  ...(event.correlationId === null ? {} : { correlationId: event.correlationId }),
  ...(isFileKind(event.source) ? { source: event.source } : {}),
})

export const limitEntry = (metric: MetricId, { from, value, source }: LimitStep) => ({
  metric,
  fromMs: Math.max(from, EARLIEST_MS),
  value: value === null ? null : finiteOrNull(value),
  source,
})

/** The protocol has no word for what the organisation's own events say: it is a note. */
export const markerEntry = ({ at, kind, label }: Marker) => ({
  atMs: at,
  kind: kind === 'limitReached' ? ('note' as const) : kind,
  label,
})

export const clientEntry = ({ at, kind, client, tookMs }: ClientEvent) => ({
  atMs: at,
  client,
  event: kind,
  ...(kind === 'closed' ? {} : { tookMs }),
})

/** NaN is a gap. */
const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null)
