import type { ErrorEvent } from '../errors/errorEvent.ts'
import type { ClientEvent } from '../evidence/demand/clientEvents.ts'
import type { FileKind } from '../fileKind.ts'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Organisation } from '../organisation.ts'
import type { Series } from '../series/series.ts'
import type { Marker } from '../timeline/marker.ts'
import type { DurationMs, EpochMs, MetricId } from '../units.ts'
import type { AttemptGroup } from './attemptGroup.ts'

/** A stretch of time, [from, to). */
export type Span = { from: EpochMs; to: EpochMs }

/**
 * What is reviewed and handed over: a window of an organisation's history, files laid over it with
 * their clocks set right, and what people wrote. Everything else (verdict, timeline, comparison)
 * follows from it. Plain data that survives `structuredClone`; free of secrets.
 */
export type Incident = Span & {
  title: string
  /** Null where there are only files. */
  organisation: Organisation | null
  /** IANA zone of clock times. */
  zone: string
  metrics: readonly Metric[]
  /** Raw samples that touch the window, oldest first. */
  samples: readonly { metric: MetricId; series: Series }[]
  /** Limits as they held then. */
  limits: readonly { metric: MetricId; steps: LimitSteps }[]
  /** Oldest first. */
  errors: readonly ErrorEvent[]
  markers: readonly Marker[]
  /** What clients told apart did; empty where nobody tells them apart. */
  clients: readonly ClientEvent[]
  sources: readonly IncidentSource[]
  notes: readonly IncidentNote[]
  /** Two windows held against each other; null where none were chosen. */
  comparison: Comparison | null
  /** Tidemark's own connections within the count. */
  own: number
  /** How far the organisation's clock may be off; null where it was not checked. */
  clockErrorMs: DurationMs | null
}

/** Two windows, each laid on the other's start. */
export type Comparison = { a: Span; b: Span }

/** Where a part of an incident came from. */
export type IncidentSource = {
  /** The same for the same file at every import; `history` for what was recorded. */
  id: string
  /** A file's name, or `Organisation history`. */
  name: string
  /** What it is, for people: `JMeter CSV`, `raw, every 10 s`. */
  kind: string
  /** Whose errors are of it (`ErrorEvent.source`); absent for what was recorded. */
  fileKind?: FileKind
  /** What it holds: samples of a test, entries of a HAR, recorded samples. */
  samples: number
  rejected: number
  /** The first records that were left out. */
  rejections: readonly { line: number; reason: string }[]
  /** Secrets taken out, by kind. */
  removals: readonly { what: string; count: number }[]
  warnings: readonly string[]
  clock: SourceClock
  /** Attempts by what they had in common; empty where the source does not say. */
  groups: readonly AttemptGroup[]
}

/** How far the times of a source were moved, and who says so. */
export type SourceClock = {
  /** Added to the times in the file; exactly so at `drift.from` where the clock also drifts. */
  movedMs: DurationMs
  /** Half the width of the interval the true offset lies in; null where nobody can say. */
  plusMinusMs: DurationMs | null
  how: 'asItIs' | 'byHand' | 'correlation' | 'dateHeaders'
  /** Parts per million by which it runs fast (negative: slow), and the instant of the file it is counted from. */
  drift: { ppm: number; from: EpochMs } | null
}

/** Something somebody wrote, at an instant of the time axis. */
export type IncidentNote = {
  id: string
  at: EpochMs
  text: string
  /** Who wrote it; empty where nobody said. */
  author: string
  /** `timeline`: a line of the timeline that no data draws. */
  place: 'notes' | 'timeline'
}
