import type { DurationMs } from '../units.ts'

/** When a metric reaches its limit, if it goes on like this (evidence-methods §4). */
export type Forecast =
  /** 10, 50 and 90 % of the simulated futures have reached it by then; null is "later than three windows". */
  | {
      kind: 'trend'
      perHour: number
      in10Ms: DurationMs | null
      in50Ms: DurationMs | null
      in90Ms: DurationMs | null
      /** A short window of a very smooth series: the fan is too narrow. */
      isRough: boolean
    }
  | { kind: 'reached' }
  | { kind: 'no-trend' }
  | { kind: 'none'; reason: 'limit-unknown' | 'too-few-samples' }
