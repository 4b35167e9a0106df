import type { FileClock } from '#domain/clock/dateHeaderOffset.ts'
import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import type { AttemptGroup } from '#domain/incident/attemptGroup.ts'
import type { Observation } from '#domain/observation.ts'
import type { Bundle } from './bundle/readBundle.ts'
import type { FileFormat } from './fileFormat.ts'
import type { SampleStamps } from './jtl/sampleStamps.ts'
import type { Removal } from './redaction.ts'
import type { FileSummary } from './samples/fileSummary.ts'

/** A record that is left out, the physical line it begins in, and why. */
export type Rejection = { line: number; reason: string }

/** What a file holds, beside its series. Free of secrets. */
export type FileCounts = {
  summary: FileSummary
  /** The first 20 records that were left out; `summary.rejected` counts all. */
  rejected: readonly Rejection[]
  /** What a reader should know about how the file was read, one sentence each. */
  warnings: readonly string[]
  /** Secrets taken out of texts that are kept, by kind, counted once per distinct text. */
  removals: readonly Removal[]
}

/** What was read from a file of any format. Plain data that survives `structuredClone`; free of secrets. */
export type FileImport = FileCounts & {
  format: FileFormat
  /** The same for the same file at every import, also when it has grown meanwhile. */
  fileId: string
  /** `clients` of it are there where they were wanted. Nothing for a bundle: that is an incident of its own. */
  observation: Observation
  /** Attempts by what they have in common, samples that repeat others left out; empty where it does not say. */
  groups: readonly AttemptGroup[]
  /** What the file itself says of its clock; null where it says nothing. */
  clock: FileClock | null
  /** Which end of a sample its times seem to be; null where the format says it. */
  stamps: SampleStamps | null
  /** Of a Tidemark bundle, and of no other format. */
  bundle?: Bundle
}

/**
 * One attempt of a file; `thread` is who made it, as it stands in the file, and must not be shown or kept.
 */
export type FileAttempt = {
  startMs: number
  endMs: number
  thread: string | null
  errorClass: ErrorClass | null
}

/** How far an import is. */
export type ImportProgress = { bytes: number; totalBytes: number }
