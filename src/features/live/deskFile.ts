import type { FileCounts } from '#sources/imports/fileImport.ts'
import type { WhyNotFollowed } from '#sources/imports/tail/fileAccess.ts'
import type { FollowedFile } from './followedFile.ts'

/**
 * Why a file is read once and not followed; `noHandle`: of others the browser gives a handle, of this
 * one not; `format`: it is none that grows line by line.
 */
export type WhyOnce = NonNullable<WhyNotFollowed> | 'noHandle' | 'format'

/** The file beside what is being watched, from the choice to its summary. */
export type DeskFile =
  | { kind: 'reading'; name: string; bytes: number; totalBytes: number }
  | { kind: 'read'; name: string; file: File; result: FileCounts; whyOnce: WhyOnce }
  /** `notKept`: why it cannot be offered again after a reload; null where it can. */
  | ({ kind: 'followed'; notKept: string | null } & FollowedFile)
  /** Followed until that was stopped; null: it held nothing. */
  | { kind: 'ended'; name: string; result: FileCounts | null }
  /** Followed before this page was loaded; it takes a click to go on. */
  | { kind: 'offered'; handle: FileSystemFileHandle; isRefused: boolean }
  | { kind: 'failed'; name: string; message: string }
