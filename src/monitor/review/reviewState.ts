import type { ClockDrift } from '#domain/clock/clockDrift.ts'
import type { ClockOffset, MatchCurve } from '#domain/clock/clockOffset.ts'
import type { FileClock } from '#domain/clock/dateHeaderOffset.ts'
import type { Draft } from '#domain/incident/draft.ts'
import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { Tier } from '#domain/timeline/tierWords.ts'
import type { IncidentStores } from './incidentStores.ts'
import type { SummarisedWindow } from './summarisedWindow.ts'

/** A file on its way in, or refused. */
export type PendingFile = { id: number; name: string } & (
  | { kind: 'reading'; bytes: number; totalBytes: number }
  | { kind: 'failed'; message: string }
)

/** What is known of a file's clock beside what was chosen. */
export type ClockView = {
  /** What its level was held against; null where there is nothing to hold it against. */
  against: string | null
  curve: MatchCurve | null
  /** By correlation; null while it is worked out, and without a reference. */
  found: ClockOffset | null
  /** How it also runs fast or slow, in a long run; null where that is not beyond chance. */
  drift: ClockDrift | null
  /** By the server's own `Date` headers; null where the file has none that agree. */
  headers: FileClock | null
  /** Why the two could not be compared; null while nothing failed. */
  failure: string | null
}

/** Verdict, timeline and the rest, worked out in a worker. `last`: what was known of the draft before. */
export type FindingsView =
  | { kind: 'nothing' }
  | { kind: 'computing'; last: IncidentFindings | null }
  | { kind: 'ready'; findings: IncidentFindings }
  | { kind: 'failed'; message: string }

/** A bundle that was opened, and whether it is as it was written. */
export type OpenedBundle = {
  name: string
  fingerprint: string
  /** Parts that were changed since, by name. */
  changed: readonly string[]
  /** Whether the verdict recomputed here is, byte for byte, the one it holds; null while it is worked out. */
  isSameVerdict: boolean | null
}

/** One snapshot of a review, new only when something changed. */
export type ReviewState = {
  isLoading: boolean
  /** A window of history is on its way; what is kept here may stand there already. */
  isReadingHistory: boolean
  draft: Draft
  /** Null while there is nothing to review. */
  incident: Incident | null
  stores: IncidentStores | null
  /** What of the history is known in steps: `stores.drawn` has them, the incident has not. */
  summarised: SummarisedWindow | null
  /** Steps in the place of the samples that a verdict needs; null: the samples are judged. */
  unjudged: Tier | null
  findings: FindingsView
  pending: readonly PendingFile[]
  /** By source id. */
  clocks: ReadonlyMap<string, ClockView>
  bundle: OpenedBundle | null
  /** Files that read as if their times were ends, until somebody has said what they are. */
  questions: readonly { id: string; name: string }[]
  /** A bundle that took the place of what was there, and the way back. */
  replaced: { by: string; undo: () => void } | null
  /** What does not work, one sentence each: history that cannot be read, notes that cannot be kept. */
  problems: readonly string[]
}
