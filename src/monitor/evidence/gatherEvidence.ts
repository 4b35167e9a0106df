import { evidenceInput, type Subject } from '#domain/evidence/evidenceInput.ts'
import { later } from '#domain/units.ts'
import type { OrgFacts } from '../orgFacts.ts'
import type { OrgMonitor } from '../orgMonitor.ts'
import type { EvidenceRequest, Look } from './evidenceRequest.ts'

type Known = {
  monitor: Pick<OrgMonitor, 'series' | 'errors' | 'clients'>
  facts: OrgFacts
  subject: Subject
  look: Look
  /** How far before the window the columns reach back, for earlier looks. */
  backMs: number
  isDetailed: boolean
  /** Whether "when will the limit be reached" has a meaning: the window ends now. */
  isNow: boolean
}

/**
 * Copies what the evidence of a window needs out of the stores: columns that a worker can be
 * handed.
 */
export function gatherEvidence(known: Known): Omit<EvidenceRequest, 'earlier'> {
  const { monitor, facts, ...question } = known
  const { look, backMs } = question
  const { metrics, limits, markers, footprint, clock } = facts
  const input = evidenceInput(
    {
      metrics,
      limits,
      markers,
      slice: monitor.series.slice,
      errors: (from, to) => monitor.errors.between(from, to),
      own: footprint.channels,
      clockErrorMs: clock.kind === 'checked' ? clock.errorMs : null,
    },
    question,
  )
  return { input, clientEvents: monitor.clients.columns(later(look.from, -backMs), look.to) }
}
