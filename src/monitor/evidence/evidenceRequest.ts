import type { ClientEventColumns } from '#domain/evidence/demand/clientEvents.ts'
import type { EvidenceInput, EvidenceReport } from '#domain/evidence/evidence.ts'
import type { Verdict } from '#domain/evidence/verdict/verdict.ts'
import type { EpochMs } from '#domain/units.ts'

/** A window that is judged. */
export type Look = { from: EpochMs; to: EpochMs }

/**
 * What is asked of the worker: everything about one window, and the verdicts of earlier looks whose
 * windows lie a little before it. The input's columns reach back far enough for those. Clients come
 * as what they told: pairing it to attempts takes longer than a frame of a busy day.
 */
export type EvidenceRequest = {
  input: EvidenceInput
  clientEvents: ClientEventColumns | null
  earlier: readonly Look[]
}

export type EvidenceAnswer = { report: EvidenceReport; earlier: readonly Verdict[] }
