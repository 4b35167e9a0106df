import { buffersOf } from '#domain/buffersOf.ts'
import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { HistoryReply } from './historyWorkerMessages.ts'

/** So many events a page takes in within a few milliseconds: they are objects, and copied. */
const ERRORS_PER_REPLY = 4_000

type Posted = { message: HistoryReply; transfer: ArrayBuffer[] }

const errorsIn = (answer: unknown): readonly ErrorEvent[] =>
  typeof answer === 'object' && answer !== null && 'errors' in answer
    ? (answer.errors as readonly ErrorEvent[])
    : []

/** An answer as messages: error events a few thousand at a time, then the rest, its columns handed over. */
export function repliesOf(id: number, answer: unknown): Posted[] {
  const errors = errorsIn(answer)
  const parts: Posted[] = []
  for (let start = 0; start < errors.length; start += ERRORS_PER_REPLY) {
    const some = errors.slice(start, start + ERRORS_PER_REPLY)
    parts.push({ message: { id, kind: 'errors', errors: some }, transfer: [] })
  }
  const rest = errors.length === 0 ? answer : { ...(answer as object), errors: [] }
  return [...parts, { message: { id, kind: 'done', answer: rest }, transfer: buffersOf(rest) }]
}

/** An answer with the events that came before it. */
export const wholeAnswer = (answer: unknown, errors: readonly ErrorEvent[]): unknown =>
  errors.length === 0 ? answer : { ...(answer as object), errors }
