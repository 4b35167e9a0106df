import { panelPlan } from '#domain/metrics/panelPlan.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import { incidentSubject, limitsOf } from '#domain/incident/incidentEvidence.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { MetricId } from '#domain/units.ts'

/** Which metrics of an incident stand in which chart. */
export type ReviewPlan = {
  /** What the verdict is about first, then what else counts connections. */
  upper: readonly Metric[]
  /** Calls and call sessions, where they are not the upper chart's. */
  lower: readonly Metric[]
  queue: readonly Metric[]
  limits: ReadonlyMap<MetricId, LimitSteps>
}

/**
 * Lays an incident's metrics out, and those that only steps are drawn of; `chosen` (from the link)
 * comes first in its chart.
 */
export function reviewPlan(
  incident: Incident,
  chosen: readonly MetricId[] | null,
  inSteps: readonly Metric[] = [],
): ReviewPlan {
  const known = new Set(incident.metrics.map(({ id }) => id))
  const others = inSteps.filter(({ id }) => !known.has(id))
  const plan = panelPlan([...incident.metrics, ...others], chosen)
  const subject = incidentSubject(incident).metric
  const isFirst = ({ id }: Metric) => id === subject?.id
  const first = plan.connections.length > 0 ? plan.connections : subject ? [subject] : []
  // The subject leads its chart: its limit is the one that is drawn.
  const upper = first.some(isFirst)
    ? first.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)))
    : first
  return {
    upper,
    lower: plan.sessions.filter((metric) => !upper.includes(metric)),
    queue: plan.queue,
    limits: limitsOf(incident),
  }
}
