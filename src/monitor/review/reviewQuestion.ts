import type { ClockDrift } from '#domain/clock/clockDrift.ts'
import type { MatchCurve } from '#domain/clock/clockOffset.ts'
import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Series } from '#domain/series/series.ts'
import type { WrittenBundle } from '#sources/exports/bundle/writeBundle.ts'
import type { PackedIncident } from './packedIncident.ts'

/** What is worked out off the main thread for a review. */
export type ReviewQuestion =
  | { kind: 'findings'; incident: PackedIncident }
  /** How alike two series are, by how far the second is moved. */
  | { kind: 'match'; reference: Series; other: Series }
  | { kind: 'bundle'; incident: PackedIncident; report: EvidenceReport; viewerCode: string }

export type ReviewAnswer =
  | { kind: 'findings'; findings: IncidentFindings }
  | { kind: 'match'; curve: MatchCurve; drift: ClockDrift | null }
  | { kind: 'bundle'; written: WrittenBundle }
