import type { ErrorClass } from '../errors/errorEvent.ts'
import type { Grade } from '../errors/grade.ts'
import type { Series } from '../series/series.ts'
import type { Iteration } from '../timeline/iterations.ts'
import type { DurationMs, EpochMs, MetricId } from '../units.ts'
import type { Attempts } from './demand/clientEvents.ts'
import type { Enough } from './enough/enough.ts'
import type { Forecast } from './forecast/forecast.ts'
import type { Leak } from './leak/leak.ts'
import type { NotReleased } from './leak/notReleased.ts'
import type { BeforeAfter } from './raise/beforeAfter.ts'
import type { GuardedSeries } from './raise/guards.ts'
import type { WhichLimit } from './rivals/whichLimit.ts'
import type { Storm } from './storm/storm.ts'
import type { Verdict, VerdictWord } from './verdict/verdict.ts'
import type { FailureColumns, WatchedSeries } from './watchedSeries.ts'

/** Where the failures of a window came from, for the advice. */
export type FailureProfile = {
  /** Failed attempts per class. */
  classes: Readonly<Record<ErrorClass, number>>
  /** Capacity errors per grade. */
  grades: Readonly<Record<Grade, number>>
  /**
   * The route and app with most failures of the commonest class other than capacity; null where
   * none.
   */
  commonest: { class: ErrorClass; route: string | null; app: string | null; count: number } | null
}

/** A load test, from its first iteration on. */
export type WatchedRun = {
  /** Oldest first. */
  iterations: readonly Iteration[]
  /** The subject's samples from the run's beginning to the end of the window. */
  series: Series
  /** What the tested clients themselves have open over the same time; null where nobody says. */
  clientSide: Series | null
}

/**
 * Everything that is said of a window follows from this. Plain data that survives
 * `structuredClone`.
 */
export type EvidenceInput = {
  from: EpochMs
  to: EpochMs
  /** The metric whose limit is on trial; null where none has a known limit. */
  subject: WatchedSeries | null
  /** The others with a known limit, for "which limit". */
  rivals: readonly WatchedSeries[]
  /** What a forecast is wanted of: the tiles. */
  forecasts: readonly WatchedSeries[]
  /** Capacity errors, oldest first. */
  capacity: FailureColumns
  profile: FailureProfile
  /** Attempts per sample (a count metric), all of the window; null where nobody counts them. */
  attempts: Series | null
  /** Attempts of identified clients; null where no source tells clients apart. */
  clients: Attempts | null
  /**
   * The load test whose floors are compared; it may have begun before the window. Null where none
   * was marked.
   */
  run: WatchedRun | null
  /** Queue metrics that a raised limit must not harm. */
  guards: readonly GuardedSeries[]
  /** Tidemark's own connections within the subject's count. */
  own: number
  /**
   * Whether what is dear and shown on demand only is wanted too: which limit would have been
   * enough.
   */
  isDetailed: boolean
  /** The finest bins allowed, where the subject is exact in time; else a second. */
  minBinMs?: number
  /** How far the clock here may be off; null where it could not be checked. */
  clockErrorMs: DurationMs | null
}

/** Everything that is said of a window. */
export type EvidenceReport = {
  from: EpochMs
  to: EpochMs
  subject: Pick<WatchedSeries, 'metric' | 'title' | 'provenance' | 'scope'> | null
  verdict: Verdict
  which: WhichLimit | null
  leak: Leak | null
  notReleased: NotReleased | null
  forecasts: ReadonlyMap<MetricId, Forecast>
  storm: Storm | null
  enough: Enough | null
  /** The newest change of the subject's limit within the window. */
  raise: BeforeAfter | null
  profile: FailureProfile
  clockErrorMs: DurationMs | null
  /** The verdicts of the last looks, newest last, where the window moves with the clock. */
  looks?: readonly VerdictWord[]
}
