import type { Span } from '#domain/incident/incident.ts'
import type { Certificate } from '#domain/limits/certificate.ts'
import type { ComparableChange } from '#domain/limits/comparableChange.ts'
import type { ComparableChoice } from '#domain/limits/comparableWindows.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'

/** Which change is to be judged, and in which windows; null: the newest, and those that are proposed. */
export type RaiseQuestion = {
  metric: MetricId | null
  at: EpochMs | null
  before: Span | null
  after: Span | null
}

/** One snapshot, new only when something changed. */
export type RaiseState = {
  /** Newest first; null while they are read. */
  changes: readonly ComparableChange[] | null
  /** Those that changes are of, and others. */
  metrics: readonly Metric[]
  view: RaiseView
}

export type RaiseView =
  /** `share`: how much of the samples is read, 0–1; null: not yet at that. */
  | { kind: 'reading'; change: ComparableChange | null; share: number | null }
  | { kind: 'noChanges' }
  /** The link names one that nobody knows. */
  | { kind: 'unknownChange' }
  /** `tooOld`: only steps are kept of it, and a certificate needs samples. */
  | {
      kind: 'noWindows'
      change: ComparableChange
      reason: 'tooOld' | 'nothing-before' | 'nothing-after'
      /** From when on attempts were counted; null: never. */
      attemptsSince: EpochMs | null
    }
  | { kind: 'failed'; change: ComparableChange | null; message: string }
  | {
      kind: 'ready'
      change: ComparableChange
      choice: ComparableChoice
      /** Other windows that are possible, the proposal among them where it was not taken. */
      others: readonly ComparableChoice[]
      certificate: Certificate
      /** Since when attempts were counted; null: never. */
      attemptsSince: EpochMs | null
      /** What the numbers lack, one sentence each. */
      problems: readonly string[]
    }
