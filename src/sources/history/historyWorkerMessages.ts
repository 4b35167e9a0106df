import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { JobName } from './historyJobs.ts'

/** What a page asks of the worker; `database` is the name of the database. */
export type HistoryRequest = { id: number; database: string; job: JobName; asked: unknown }

/**
 * What the worker says. `alive`: it is at work. `errors`: a part of the events that the answer,
 * which is sent without them, consists of. `failed`: the database refused, in the words of the screen.
 */
export type HistoryReply =
  | { kind: 'alive' }
  | { id: number; kind: 'errors'; errors: readonly ErrorEvent[] }
  | { id: number; kind: 'done'; answer: unknown }
  | { id: number; kind: 'failed'; reason: string }
