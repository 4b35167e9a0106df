import { gapAfterMs } from '../metrics/freshness.ts'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { inOrder, typicalIntervalMs } from '../evidence/sampling.ts'
import { EMPTY_SERIES, type Series } from '../series/series.ts'
import { within } from '../series/within.ts'
import { type Stretch, stretchesOf } from '../timeline/atLimit.ts'
import { type DurationMs, durationMs, MINUTE_MS, type MetricId } from '../units.ts'
import type { ErrorEvent } from '../errors/errorEvent.ts'
import type { Incident, Span } from './incident.ts'
import { countedOnce, incidentSubject, limitsOf } from './incidentEvidence.ts'

/** A level of an incident beside its limit. */
export type IncidentLevel = {
  metric: Metric
  /** The samples of the window, oldest first; NaN is a gap. */
  points: Series
  limits: LimitSteps
  /** Samples further apart have a gap between them. */
  gapMs: DurationMs
  /** How far apart samples usually are; null below two. */
  intervalMs: DurationMs | null
  /** The window at the limit, below it, and unknown, oldest first. */
  stretches: readonly Stretch[]
}

/** Whether there is a window at all, and not one that ends before it begins. */
export const hasLength = ({ from, to }: Span) => Number.isFinite(to - from) && to > from

/** The level that an incident is about; null where there is none, or no window. */
export function subjectLevel(incident: Incident): IncidentLevel | null {
  const { metric } = incidentSubject(incident)
  return metric && hasLength(incident) ? levelOf(incident, metric) : null
}

/** The subject, then every other level whose limit was known at some time of the window. */
export function incidentLevels(incident: Incident): readonly IncidentLevel[] {
  if (!hasLength(incident)) return []
  const subject = incidentSubject(incident).metric
  const limits = limitsOf(incident)
  const others = incident.metrics.filter(
    (metric) => metric.kind === 'gauge' && metric.id !== subject?.id && limits.has(metric.id),
  )
  return [...(subject ? [subject] : []), ...others]
    .map((metric) => levelOf(incident, metric))
    .filter(({ stretches }) => stretches.some(({ state }) => state !== 'unknown'))
}

/** Capacity errors of the window, each failure told once, oldest first. */
export const refusalsOf = (incident: Incident): readonly ErrorEvent[] =>
  countedOnce(incident.errors).filter(
    ({ class: name, at }) => name === 'capacity' && at >= incident.from && at < incident.to,
  )

/** How many failures events stand for. */
export const countOf = (events: readonly ErrorEvent[]) =>
  events.reduce((sum, { count }) => sum + (count > 0 && count < Infinity ? count : 0), 0)

/** The samples of a metric within a span, oldest first; what is no number is a gap (NaN). */
export function pointsOf(incident: Incident, metric: MetricId, { from, to }: Span): Series {
  const series = incident.samples.find((one) => one.metric === metric)?.series ?? EMPTY_SERIES
  const { timeMs, value } = within(inOrder(series), from, to)
  return value.some((one) => Math.abs(one) === Infinity)
    ? { timeMs, value: value.map((one) => (Number.isFinite(one) ? one : Number.NaN)) }
    : { timeMs, value }
}

function levelOf(incident: Incident, metric: Metric): IncidentLevel {
  const points = pointsOf(incident, metric.id, incident)
  const limits = limitsOf(incident).get(metric.id) ?? []
  const intervalMs = metric.intervalMs ?? typicalIntervalMs(points.timeMs)
  // A file's samples come as they come: those of one minute are of the same moment, as on Live.
  const gapMs =
    metric.intervalMs === null
      ? durationMs(Math.max(MINUTE_MS, 2.5 * (intervalMs ?? 0)))
      : gapAfterMs(metric.intervalMs)
  return {
    metric,
    points,
    limits,
    gapMs,
    intervalMs: intervalMs === null ? null : durationMs(intervalMs),
    stretches: stretchesOf(points, limits, gapMs, incident.from, incident.to),
  }
}
