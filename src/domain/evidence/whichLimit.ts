import type { Interval } from '../stats/interval.ts'
import type { MetricId } from '../units.ts'
import type { Verdict } from './verdict.ts'

/** One limit among several, with what speaks for it. */
export type RankedLimit = {
  metric: MetricId
  title: string
  verdict: Verdict
  /** Highest share of its limit in the window, 0–1 and above; null where unknown. */
  highestUse: number | null
}

/** Two limits compared in the bins in which only one of them was reached (evidence-methods §8). */
export type LimitPair = {
  one: MetricId
  other: MetricId
  binsOnlyOne: number
  binsOnlyOther: number
  /** P(error | only one) − P(error | only other); null where either has fewer than 10 bins. */
  difference: Interval | null
  better: 'one' | 'other' | 'cannot-separate'
}

/** Which of several limits the errors follow. `none`: no limit stands out by itself. */
export type WhichLimit = {
  word: 'one' | 'cannot-separate' | 'none'
  /** The limit, or those that cannot be told apart. */
  metrics: readonly MetricId[]
  /** Best first; those that were tested, then the others. */
  ranking: readonly RankedLimit[]
  pairs: readonly LimitPair[]
}
