import type { Interval } from '../stats/interval.ts'
import type { EpochMs } from '../units.ts'

/**
 * The floor an iteration leaves. `undrained`: it had not come to rest. `short`: too few samples.
 * `open`: the drain is still going on.
 */
export type Floor = {
  /** Number of its iteration. */
  iteration: number
  /** The part of the drain that it was read from. */
  from: EpochMs
  to: EpochMs
  state: 'settled' | 'undrained' | 'short' | 'open'
  /** Null unless settled. */
  value: number | null
  /** Highest value of the iteration. */
  peak: number | null
}

export type LeakWord = 'none' | 'suspected' | 'leak' | 'cannot-separate'

/** Whether floors rise from iteration to iteration (evidence-methods §3). */
export type Leak = {
  word: LeakWord
  floors: readonly Floor[]
  /** Settled floors that count. */
  count: number
  /** Mann–Kendall S, and its exact one-sided p; null below two floors. */
  s: number | null
  p: number | null
  /** Rise per iteration (Theil–Sen) with its 90 % interval; null below two floors. */
  perIteration: Interval | null
  /** Iteration in which the limit is reached at this pace; `high` may be Infinity. Null without a leak or limit. */
  reaches: (Interval & { isRough: boolean; at: EpochMs | null }) | null
  /** Floors wander by themselves: other users of the organisation may do this. */
  doesWander: boolean
  /** Connections of Tidemark's own that were taken off every sample. */
  own: number
}
