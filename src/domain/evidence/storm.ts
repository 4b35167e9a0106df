import type { DurationMs, EpochMs } from '../units.ts'

/** What a back-off would have made of the same demand (simulated). */
export type BackoffStudy = {
  /** `as it was`, `exponential`, `exponential with full jitter`. */
  policy: 'recorded' | 'exponential' | 'fullJitter'
  attempts: number
  /** Attempts per demand. */
  amplification: number
  /** Attempts of the busiest second. */
  peakPerSec: number
  /** Demands that were let in within the burst or its horizon. */
  served: number
  /** Median wait from first attempt to being let in; null where none was. */
  medianWaitMs: DurationMs | null
}

/** Whether failed clients come back so fast that they are a load of their own (evidence-methods §5). */
export type Storm = {
  word: 'storm' | 'no' | 'cannot-tell'
  reason:
    | 'storm'
    | 'few-retries'
    | 'few-successes'
    | 'not-faster'
    | 'low-amplification'
    | 'no-burst'
    | 'no-clients'
  from: EpochMs
  to: EpochMs
  attempts: number
  demands: number
  /** Attempts per demand within the burst; null without clients. */
  amplification: number | null
  gapsAfterFailure: number
  gapsAfterSuccess: number
  medianAfterFailureMs: DurationMs | null
  medianAfterSuccessMs: DurationMs | null
  /** Mann–Whitney, one-sided: gaps after failures are shorter. */
  p: number | null
  clients: number
  backoff: readonly BackoffStudy[]
}
