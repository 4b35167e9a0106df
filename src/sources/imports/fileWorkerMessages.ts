import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { ImportErrorKind } from './importError.ts'
import type { TableChoice } from './csv/tableChoice.ts'
import type { FileImport, ImportProgress } from './fileImport.ts'

/** What the worker is told, once. */
export type FileWorkerRequest = { file: Blob; name: string; columns: TableChoice | undefined }

/** What the worker tells. An error's class does not survive the way, so its kind travels as a word. */
export type FileWorkerReply =
  | { kind: 'progress'; progress: ImportProgress }
  | { kind: 'errors'; errors: readonly ErrorEvent[] }
  /** Its error events came before, in the messages between. */
  | { kind: 'done'; result: FileImport }
  | { kind: 'failed'; importKind: ImportErrorKind | null; message: string }
