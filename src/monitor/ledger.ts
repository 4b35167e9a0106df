import { type LimitSteps, withLimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { Observation } from '#domain/observation.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'
import { withMarkers, withoutMarker } from './markers.ts'

/** The slow part of what was observed: metrics, limits, markers. Each list is new only when it changed. */
export type Ledger = {
  metrics: () => readonly Metric[]
  metric: (id: MetricId) => Metric | null
  limits: () => ReadonlyMap<MetricId, LimitSteps>
  markers: () => readonly Marker[]
  /**
   * Takes in the slow part of an observation and gives what of it was new. `isOld` (history): what
   * it says of a metric that is known already is out of date, e.g. its thresholds.
   */
  take: (
    observation: Observation,
    isOld?: boolean,
  ) => Pick<Observation, 'metrics' | 'limits' | 'markers'>
  /** Forgets limit steps that ended before an instant; those in force then and later stay. */
  dropLimitsBefore: (at: EpochMs) => void
  /** Takes a marker back that was set on a screen; false where there is none such. */
  unmark: (id: string) => boolean
}

/** A ledger that knows the catalogue's metrics, in their order. */
export function createLedger(catalogue: readonly Metric[], changed: () => void): Ledger {
  const byId = new Map(catalogue.map((metric) => [metric.id, metric]))
  let metrics: readonly Metric[] = [...byId.values()]
  let limits: ReadonlyMap<MetricId, LimitSteps> = new Map()
  let markers: readonly Marker[] = []

  function takeMetrics(added: readonly Metric[], isOld: boolean) {
    const news = added.filter((metric) => {
      const known = byId.get(metric.id)
      return known ? !isOld && !isSame(known, metric) : true
    })
    if (news.length === 0) return news
    for (const metric of news) byId.set(metric.id, metric)
    metrics = [...byId.values()]
    return news
  }

  function takeLimits(added: Observation['limits']) {
    const next = new Map(limits)
    const news = added.filter(({ metric, step }) => {
      const before = next.get(metric) ?? []
      const after = withLimitStep(before, step)
      next.set(metric, after)
      return after !== before
    })
    if (news.length > 0) limits = next
    return news
  }

  function takeMarkers(added: readonly Marker[]) {
    const known = new Set(markers)
    markers = withMarkers(markers, added)
    return markers.filter((marker) => !known.has(marker))
  }

  return {
    metrics: () => metrics,
    metric: (id) => byId.get(id) ?? null,
    limits: () => limits,
    markers: () => markers,
    take(observation, isOld = false) {
      const news = {
        metrics: takeMetrics(observation.metrics, isOld),
        limits: takeLimits(observation.limits),
        markers: takeMarkers(observation.markers),
      }
      if (news.metrics.length + news.limits.length + news.markers.length > 0) changed()
      return news
    },
    dropLimitsBefore(at) {
      const kept = new Map([...limits].map(([metric, steps]) => [metric, stepsFrom(steps, at)]))
      if ([...kept].every(([metric, steps]) => steps === limits.get(metric))) return
      limits = kept
      changed()
    },
    unmark(id) {
      const before = markers
      markers = withoutMarker(markers, id)
      if (markers === before) return false
      changed()
      return true
    },
  }
}

/** The step in force at an instant and all after it; the same list where that is all of them. */
function stepsFrom(steps: LimitSteps, at: EpochMs): LimitSteps {
  const inForce = steps.findLastIndex(({ from }) => from <= at)
  return inForce > 0 ? steps.slice(inForce) : steps
}

const isSame = (a: Metric, b: Metric) => JSON.stringify(a) === JSON.stringify(b)
