import { clockDrift } from '#domain/clock/clockDrift.ts'
import { matchCurve } from '#domain/clock/clockOffset.ts'
import { findingsOf } from '#domain/incident/findingsOf.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { writeBundle } from '#sources/exports/bundle/writeBundle.ts'
import { unpackedIncident } from './packedIncident.ts'
import type { ReviewAnswer, ReviewQuestion } from './reviewQuestion.ts'

/** All that the worker does, and what Node does without one. */
export function reviewAnswer(question: ReviewQuestion): ReviewAnswer {
  if (question.kind === 'match') {
    const { reference, other } = question
    return {
      kind: 'match',
      curve: matchCurve(reference, other),
      drift: clockDrift(reference, other),
    }
  }
  const incident = unpackedIncident(question.incident)
  if (question.kind === 'bundle')
    return { kind: 'bundle', written: writeBundle(incident, question.report, question.viewerCode) }
  return { kind: 'findings', findings: findingsOf(incident, incidentEvidence(incident)) }
}
