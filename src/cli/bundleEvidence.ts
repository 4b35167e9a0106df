import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { incidentEvidence, incidentSubject } from '#domain/incident/incidentEvidence.ts'
import { epochMs } from '#domain/units.ts'
import { bundleWords } from '#sources/imports/bundle/bundleWords.ts'
import { checkBundle } from '#sources/imports/bundle/checkBundle.ts'
import type { Bundle } from '#sources/imports/bundle/readBundle.ts'

/**
 * The evidence of a bundle, worked out again, and what became of the bundle since it was written. A given
 * limit comes before those within: what it was stored with is then another question.
 */
export function bundleEvidence(
  bundle: Bundle,
  limit: number | null,
): { report: EvidenceReport; warnings: string[] } {
  const check = checkBundle(bundle)
  const { state, sentence } = bundleWords(bundle, check)
  return {
    report: limit === null ? check.recomputed : incidentEvidence(withLimit(bundle.incident, limit)),
    warnings: state === 'intact' ? [] : [sentence],
  }
}

/** The same incident with one limit of what it is about, at all times. */
function withLimit(incident: Incident, value: number): Incident {
  const { metric } = incidentSubject(incident)
  if (!metric) return incident
  const steps = [{ from: epochMs(0), value, source: '--limit' }]
  const others = incident.limits.filter((one) => one.metric !== metric.id)
  return { ...incident, limits: [...others, { metric: metric.id, steps }] }
}
