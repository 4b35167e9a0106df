import type { EvidenceReport } from '../evidence/evidence.ts'
import { type BeyondClients, beyondClients } from './beyondClients.ts'
import { compareWindows } from './compareWindows.ts'
import type { ComparedWindows } from './comparisonRow.ts'
import type { Differing } from './differing.ts'
import type { Episode, NearMiss } from './episode.ts'
import { episodesOf } from './episodesOf.ts'
import type { Incident } from './incident.ts'
import type { TimelineLine } from './timelineLine.ts'
import { timelineOf } from './timelineOf.ts'
import { whatDiffers } from './whatDiffers.ts'

/** Everything that is said of an incident, beside its charts. */
export type IncidentFindings = {
  report: EvidenceReport
  timeline: readonly TimelineLine[]
  episodes: readonly Episode[]
  nearMisses: readonly NearMiss[]
  differing: readonly Differing[]
  /** Null where no two windows were chosen. */
  compared: ComparedWindows | null
  /** Null without a count of the organisation and one of clients. */
  beyond: BeyondClients | null
}

/**
 * The findings of an incident whose evidence is known (`incidentEvidence`). The same incident always
 * gives the same findings. Long work where windows are compared: call it in a worker.
 */
export const findingsOf = (incident: Incident, report: EvidenceReport): IncidentFindings => ({
  report,
  timeline: timelineOf(incident, report),
  ...episodesOf(incident),
  differing: whatDiffers(incident),
  compared: incident.comparison && compareWindows(incident, incident.comparison),
  beyond: beyondClients(incident, report),
})
