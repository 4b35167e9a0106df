import type { ImportErrorKind } from '../importError.ts'
import type { TailNews } from './tailJtl.ts'

/** What the worker is told: the file to follow, once; then that it is enough. */
export type TailRequest =
  | { kind: 'follow'; handle: FileSystemFileHandle; name: string }
  | { kind: 'stop' }

/** What the worker tells. An error's class does not survive the way, so its kind travels as a word. */
export type TailReply =
  | TailNews
  /** The last one, after `stop`. */
  | { kind: 'stopped' }
  | { kind: 'failed'; importKind: ImportErrorKind | null; message: string }
