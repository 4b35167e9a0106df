import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { ImportErrorKind } from '../importError.ts'
import type { ImportProgress, JtlImport } from './readJtl.ts'

/** What the worker is told, once. */
export type JtlWorkerRequest = { file: Blob; name: string }

/** What the worker tells. An error's class does not survive the way, so its kind travels as a word. */
export type JtlWorkerReply =
  | { kind: 'progress'; progress: ImportProgress }
  | { kind: 'errors'; errors: readonly ErrorEvent[] }
  /** Its error events came before, in the messages between. */
  | { kind: 'done'; result: JtlImport }
  | { kind: 'failed'; importKind: ImportErrorKind | null; message: string }
