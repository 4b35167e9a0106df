import { attemptsFrom } from '#domain/evidence/demand/attempts.ts'
import { certificateOf } from '#domain/limits/certificate.ts'
import { rejudgedOf } from '#domain/limits/rejudged.ts'
import { whatIf } from '#domain/limits/whatIf.ts'
import type { LimitsAnswer, LimitsQuestion } from './limitsQuestion.ts'

/** All that the worker does, and what Node does without one. */
export function limitsAnswer(question: LimitsQuestion): LimitsAnswer {
  if (question.kind === 'rejudged') return { kind: 'rejudged', found: rejudgedOf(question.input) }
  const { clientEvents } = question.input
  const clients = clientEvents && attemptsFrom(clientEvents)
  if (question.kind === 'certificate')
    return { kind: 'certificate', certificate: certificateOf({ ...question.input, clients }) }
  return { kind: 'whatIf', found: whatIf({ ...question.input, clients }) }
}
