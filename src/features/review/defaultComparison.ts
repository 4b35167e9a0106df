import type { Comparison, Incident } from '#domain/incident/incident.ts'
import { incidentSubject, limitsOf } from '#domain/incident/incidentEvidence.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'

/**
 * Two windows to begin with: before and after the first change of the subject's limit, else the two halves.
 */
export function defaultComparison(incident: Incident): Comparison {
  const { from, to } = incident
  const middle = firstChange(incident) ?? epochMs(Math.round((from + to) / 2))
  return { a: { from, to: middle }, b: { from: middle, to } }
}

function firstChange(incident: Incident): EpochMs | null {
  const { metric } = incidentSubject(incident)
  const steps = (metric && limitsOf(incident).get(metric.id)) ?? []
  const isInside = ({ from }: { from: EpochMs }) => from > incident.from && from < incident.to
  return steps.find((step, i) => isInside(step) && steps[i - 1]?.value !== step.value)?.from ?? null
}
