import { limitsInForce } from '#domain/limits/limitsInForce.ts'
import type { LimitSettings } from '#domain/limits/limitSettings.ts'
import { EMPTY_BOOK, type RegistryBook, withRegistryFacts } from '#domain/limits/registryBook.ts'
import { type LimitSteps, withLimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { Observation } from '#domain/observation.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'
import { withMarkers, withoutMarker } from './markers.ts'

/** The slow part of what was observed: metrics, limits, the registry, markers. Each is new only when it changed. */
export type Ledger = {
  metrics: () => readonly Metric[]
  metric: (id: MetricId) => Metric | null
  /** The limits that hold, of all that is known of them (`limitsInForce`). */
  limits: () => ReadonlyMap<MetricId, LimitSteps>
  /** As sources told them. */
  toldLimits: () => ReadonlyMap<MetricId, LimitSteps>
  registry: () => RegistryBook
  markers: () => readonly Marker[]
  /**
   * Takes in the slow part of an observation and gives what of it was new. `isOld` (history): what
   * it says of a metric that is known already is out of date, e.g. its thresholds.
   */
  take: (
    observation: Observation,
    isOld?: boolean,
  ) => Pick<Observation, 'metrics' | 'limits' | 'markers' | 'registry'>
  /** People say something else of limits now. */
  setSettings: (settings: LimitSettings) => void
  settings: () => LimitSettings
  /** Forgets limit steps that ended before an instant; those in force then and later stay. */
  dropLimitsBefore: (at: EpochMs) => void
  /** Takes a marker back that was set on a screen; false where there is none such. */
  unmark: (id: string) => boolean
}

/** A ledger that knows the catalogue's metrics, in their order, and what people said of limits. */
export function createLedger(
  catalogue: readonly Metric[],
  firstSettings: LimitSettings,
  changed: () => void,
): Ledger {
  const byId = new Map(catalogue.map((metric) => [metric.id, metric]))
  let metrics: readonly Metric[] = [...byId.values()]
  let told: ReadonlyMap<MetricId, LimitSteps> = new Map()
  let limits: ReadonlyMap<MetricId, LimitSteps> = new Map()
  let registry = EMPTY_BOOK
  let settings = firstSettings
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
    const next = new Map(told)
    const news = added.filter(({ metric, step }) => {
      const before = next.get(metric) ?? []
      const after = withLimitStep(before, step)
      next.set(metric, after)
      return after !== before
    })
    if (news.length > 0) told = next
    return news
  }

  function takeRegistry(facts: Observation['registry']) {
    const { book, news } = withRegistryFacts(registry, facts)
    registry = book
    return news
  }

  /** Works out which limits hold; what did not change stays the same object. */
  function settle() {
    const next = limitsInForce({ told, metrics, book: registry, settings })
    const kept = new Map([...next].map(([id, steps]) => [id, sameSteps(limits.get(id), steps)]))
    const isSame =
      kept.size === limits.size && [...kept].every(([id, one]) => limits.get(id) === one)
    if (!isSame) limits = kept
  }

  function takeMarkers(added: readonly Marker[]) {
    const known = new Set(markers)
    markers = withMarkers(markers, added)
    return markers.filter((marker) => !known.has(marker))
  }

  settle()

  return {
    metrics: () => metrics,
    metric: (id) => byId.get(id) ?? null,
    limits: () => limits,
    toldLimits: () => told,
    registry: () => registry,
    markers: () => markers,
    take(observation, isOld = false) {
      const news = {
        metrics: takeMetrics(observation.metrics, isOld),
        limits: takeLimits(observation.limits),
        markers: takeMarkers(observation.markers),
        registry: takeRegistry(observation.registry),
      }
      const { length: facts } = news.registry
      if (news.metrics.length + news.limits.length + facts > 0) settle()
      if (news.metrics.length + news.limits.length + news.markers.length + facts > 0) changed()
      return news
    },
    settings: () => settings,
    setSettings(next) {
      settings = next
      settle()
      changed()
    },
    dropLimitsBefore(at) {
      const kept = new Map([...told].map(([metric, steps]) => [metric, stepsFrom(steps, at)]))
      if ([...kept].every(([metric, steps]) => steps === told.get(metric))) return
      told = kept
      settle()
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

/** The steps known before where they say the same. */
function sameSteps(before: LimitSteps | undefined, steps: LimitSteps): LimitSteps {
  const isSame =
    before?.length === steps.length &&
    steps.every(({ from, value, source }, i) => {
      const other = before[i]!
      return other.from === from && other.value === value && other.source === source
    })
  return isSame ? before : steps
}

const isSame = (a: Metric, b: Metric) => JSON.stringify(a) === JSON.stringify(b)
