import type { ImportErrorKind } from '../importError.ts'
import type { ImportProgress, JtlImport } from './readJtl.ts'

/** What the worker is told, once. */
export type JtlWorkerRequest = { file: Blob; name: string }

/** What the worker tells. An error's class does not survive the way, so its kind travels as a word. */
export type JtlWorkerReply =
  | { kind: 'progress'; progress: ImportProgress }
  | { kind: 'done'; result: JtlImport }
  | { kind: 'failed'; importKind: ImportErrorKind | null; message: string }
