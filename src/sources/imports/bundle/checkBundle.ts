import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { reportText } from '../../exports/bundle/reportText.ts'
import type { Bundle } from './readBundle.ts'

/** What came of working out a bundle's evidence again. */
export type BundleCheck = {
  recomputed: EvidenceReport
  /** Whether it is, byte for byte, what is stored in the bundle. */
  isSameVerdict: boolean
}

/** Works out a bundle's evidence again. Long work: call it in a worker. */
export function checkBundle({ incident, storedReport }: Bundle): BundleCheck {
  const recomputed = incidentEvidence(incident)
  return { recomputed, isSameVerdict: reportText(recomputed) === storedReport }
}
