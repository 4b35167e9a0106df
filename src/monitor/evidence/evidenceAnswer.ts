import { attemptsFrom } from '#domain/evidence/demand/attempts.ts'
import { evidenceOf } from '#domain/evidence/evidenceOf.ts'
import { verdictOf } from '#domain/evidence/verdict/verdict.ts'
import type { EvidenceAnswer, EvidenceRequest } from './evidenceRequest.ts'

/** All that the worker does, and what Node does without one. */
export function evidenceAnswer({ input, clientEvents, earlier }: EvidenceRequest): EvidenceAnswer {
  const named = input.profile.grades.A
  return {
    report: evidenceOf({ ...input, clients: clientEvents && attemptsFrom(clientEvents) }),
    earlier: earlier.map((look) => verdictOf({ ...input, ...look, named })),
  }
}
