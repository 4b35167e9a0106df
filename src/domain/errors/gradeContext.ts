import { usedRatio } from '../metrics/headroom.ts'
import { type LimitSteps, limitAt } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { lowerBound, upperBound } from '../series/lowerBound.ts'
import type { Series } from '../series/series.ts'
import type { Marker } from '../timeline/marker.ts'
import { type EpochMs, epochMs, later, MINUTE_MS, type MetricId } from '../units.ts'
import type { ErrorClass, ErrorEvent } from './errorEvent.ts'
import { explainedBy } from './explainedBy.ts'
import { namespacesOf } from './routeNamespaces.ts'

/** How near a sign must be to an error to speak of it (facts §11.4). */
export const NEAR_MS = MINUTE_MS

/**
 * A rate-limit record holds for its bucket; the finest one asked for is a minute long, coarser ones
 * are not told.
 */
const BUCKET_MS = MINUTE_MS

/** From here on a rate-limit record counts as near its limit (facts §11.4). */
const NEAR_LIMIT_RATIO = 0.9

const PRESSURE = 'limits.pressure:'

/** Where the signs that explain errors are read from. */
export type GradeSources = {
  metrics: readonly Metric[]
  limits: ReadonlyMap<MetricId, LimitSteps>
  markers: readonly Marker[]
  /** Raw samples of a metric in [from, to], oldest first. */
  slice: (metric: MetricId, from: EpochMs, to: EpochMs) => Series
  /** The metric whose limit is on trial; null where there is none. */
  judged: Metric | null
}

/** Samples near a limit, oldest first, with their share of it. */
export type HotSamples = { title: string; timeMs: Float64Array; ratio: Float64Array }

/** Everything that grades look up, sorted by time. */
export type GradeContext = {
  /** Operational events, oldest first, by the class that they can explain. */
  events: ReadonlyMap<ErrorClass, { timeMs: Float64Array; labels: readonly string[] }>
  /**
   * The rate-limit records that an event's route can run into. Routes are few: each is looked up
   * once.
   */
  pressuresOn: (event: ErrorEvent) => readonly HotSamples[]
  judged: HotSamples | null
}

/**
 * Gathers the signs that may explain errors of [from, to]. O(samples) of the judged metric and the
 * rate-limit records; build it once for many events.
 */
export function gradeContext(sources: GradeSources, from: EpochMs, to: EpochMs): GradeContext {
  const { metrics, markers, judged } = sources
  const earliest = epochMs(from - NEAR_MS)
  const latest = later(to, NEAR_MS)
  const pressures = new Map<string, HotSamples[]>()
  for (const metric of metrics) {
    if (!metric.id.startsWith(PRESSURE)) continue
    const [namespace = ''] = metric.id.slice(PRESSURE.length).split('/')
    const start = epochMs(earliest - BUCKET_MS)
    const hot = hotSamples(sources, metric, NEAR_LIMIT_RATIO, start, latest)
    pressures.set(namespace, [...(pressures.get(namespace) ?? []), hot])
  }
  return {
    events: limitEvents(markers, earliest, latest),
    pressuresOn: pressuresByRoute(pressures),
    judged: judged && hotSamples(sources, judged, judged.thresholds.criticalAt, earliest, latest),
  }
}

function pressuresByRoute(pressures: ReadonlyMap<string, readonly HotSamples[]>) {
  const known = new Map<string, readonly HotSamples[]>()
  return (event: ErrorEvent): readonly HotSamples[] => {
    if (pressures.size === 0 || event.route === null) return []
    const key = `${event.place} ${event.route}`
    const before = known.get(key)
    if (before) return before
    const found = namespacesOf(event).flatMap((namespace) => pressures.get(namespace) ?? [])
    known.set(key, found)
    return found
  }
}

function limitEvents(markers: readonly Marker[], from: EpochMs, to: EpochMs) {
  const found = new Map<ErrorClass, Marker[]>()
  for (const marker of markers) {
    const explains = marker.at >= from && marker.at <= to ? explainedBy(marker) : null
    if (explains === null) continue
    found.set(explains, [...(found.get(explains) ?? []), marker])
  }
  return new Map(
    [...found].map(([explains, own]) => {
      const sorted = own.toSorted((a, b) => a.at - b.at)
      const timeMs = Float64Array.from(sorted, ({ at }) => at)
      return [explains, { timeMs, labels: sorted.map(({ label }) => label) }]
    }),
  )
}

/** The samples with at least this share of the limit in force at their time. */
function hotSamples(
  { limits, slice }: GradeSources,
  { id, title }: Metric,
  fromRatio: number,
  from: EpochMs,
  to: EpochMs,
): HotSamples {
  const steps = limits.get(id) ?? []
  const { timeMs, value } = slice(id, from, to)
  const times: number[] = []
  const ratios: number[] = []
  for (let i = 0; i < timeMs.length; i++) {
    const ratio = usedRatio(value[i]!, limitAt(steps, epochMs(timeMs[i]!)))
    if (ratio === null || ratio < fromRatio) continue
    times.push(timeMs[i]!)
    ratios.push(ratio)
  }
  return { title, timeMs: Float64Array.from(times), ratio: Float64Array.from(ratios) }
}

/**
 * Which hot samples are near an instant, as a range of indices [low, high): those at most `NEAR_MS`
 * away; a rate-limit record counts from its beginning to the end of its bucket. O(log n).
 */
export function hotNear(hot: HotSamples, at: EpochMs, isRecord: boolean) {
  const low = firstNear(hot, at, isRecord)
  return { low, high: upperBound(hot.timeMs, at + NEAR_MS, low) }
}

/** Whether any is: of tens of thousands of errors only that is asked. O(log n). */
export const isHotNear = (hot: HotSamples, at: EpochMs, isRecord: boolean) =>
  hot.timeMs[firstNear(hot, at, isRecord)]! <= at + NEAR_MS

const firstNear = ({ timeMs }: HotSamples, at: EpochMs, isRecord: boolean) =>
  lowerBound(timeMs, at - NEAR_MS - (isRecord ? BUCKET_MS : 0))
