import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import type { ImportErrorKind } from './importError.ts'
import type { FileImport, ImportProgress } from './fileImport.ts'
import type { Hears } from './filePass.ts'

/** What the worker is told, once. */
export type FileWorkerRequest = { file: Blob; name: string; hears: Omit<Hears, 'onAttempt'> }

/** What the worker tells. An error's class does not survive the way, so its kind travels as a word. */
export type FileWorkerReply =
  | { kind: 'progress'; progress: ImportProgress }
  | { kind: 'errors'; errors: readonly ErrorEvent[] }
  | { kind: 'clients'; clients: readonly ClientEvent[] }
  /** Its error events and clients came before, in the messages between. */
  | { kind: 'done'; result: FileImport }
  | { kind: 'failed'; importKind: ImportErrorKind | null; message: string }
