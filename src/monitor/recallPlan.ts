import { horizonsAt } from '#domain/retention.ts'
import { stepFor } from '#domain/series/minuteCoarsened.ts'
import {
  DAY_MS,
  type DurationMs,
  durationMs,
  elapsed,
  type EpochMs,
  epochMs,
  HOUR_MS,
} from '#domain/units.ts'

/** A stretch of time that is shown in steps. */
export type SummarisedSpan = {
  from: EpochMs
  /** The first instant of which samples are shown. */
  to: EpochMs
  stepMs: DurationMs
  /** Whether samples of it are gone, and not only too many to be shown. */
  isPruned: boolean
}

/** What is read back of the history for a window. */
export type RecallPlan = {
  /** What steps are wanted of; null where the samples are wanted of all of it. */
  summaries: SummarisedSpan | null
  /** Samples are wanted from here on; Infinity: none. */
  samplesFrom: EpochMs
}

/** How long a window may be whose samples are read: two days, and the air around what is shown. */
const LONGEST_RAW_MS = durationMs(50 * HOUR_MS)
/** The last day is at hand without being read. */
const AT_HAND_MS = DAY_MS

/**
 * In which tier a window is read back: short ones as samples as far as those are kept, longer ones in
 * steps up to what is at hand anyway. Steps begin on the grid of their length, so that none is shown
 * in part beside samples of the rest of it.
 */
export function recallPlan(from: EpochMs, to: EpochMs, now: EpochMs): RecallPlan {
  const { raw } = horizonsAt(now)
  const isShort = elapsed(from, to) <= LONGEST_RAW_MS
  const samplesSince = isShort ? raw : epochMs(now - AT_HAND_MS)
  if (from >= samplesSince) return { summaries: null, samplesFrom: from }
  const stepMs = stepFor(elapsed(from, epochMs(Math.min(to, samplesSince))))
  const end = epochMs(Math.ceil(Math.min(to, samplesSince) / stepMs) * stepMs)
  const start = epochMs(Math.floor(from / stepMs) * stepMs)
  return {
    summaries: { from: start, to: end, stepMs, isPruned: from < raw },
    samplesFrom: isShort ? end : epochMs(Infinity),
  }
}
