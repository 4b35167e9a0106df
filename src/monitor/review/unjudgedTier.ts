import type { Incident } from '#domain/incident/incident.ts'
import { incidentSubject } from '#domain/incident/incidentEvidence.ts'
import type { Tier } from '#domain/timeline/tierWords.ts'
import type { IncidentStores } from './incidentStores.ts'

/**
 * The steps that stand in the place of all samples of what the verdict would be about; null where it
 * has some, which are judged, or where nothing is shown in steps.
 */
export function unjudgedTier(incident: Incident, { drawn }: IncidentStores): Tier | null {
  const tier = drawn.tier(incident.from, incident.to)
  const subject = incidentSubject(incident).metric
  return incident.samples.some(({ metric }) => metric === subject?.id) ? null : tier
}
