import type { Interval } from '../stats/interval.ts'
import type { DurationMs } from '../units.ts'

export type VerdictWord = 'capacity-bound' | 'partly' | 'not-capacity-bound' | 'cannot-tell'

/**
 * Why the verdict is what it is: the row of the decision table (evidence-methods §1.4) that spoke, in
 * its order, after what keeps it from being asked at all.
 */
export type VerdictReason =
  /** No samples, or a window without length. */
  | 'no-samples'
  /** No limit is known in the window. */
  | 'no-limit'
  /** ≥ 5 and half of the errors are named by the server itself (grade A). */
  | 'named-by-server'
  | 'no-errors' // 1
  | 'coverage' // 2
  | 'too-few-errors' // 3
  | 'never-at-limit' // 4, not
  | 'may-have-crossed' // 4, cannot
  | 'not-the-wall' // 5
  | 'nothing-to-compare' // 6
  | 'later-than-searched' // 7
  | 'shorter-than-sampling' // 8
  | 'errors-first' // 9
  | 'follows-the-limit' // 10
  | 'part-follows' // 11
  | 'elsewhere' // 12
  | 'would-have-shown' // 13
  | 'too-few-crossings' // 14
  /** Live only: the last three looks do not agree. */
  | 'unsettled'

/** Bins of one level of use, and how many of them saw an error. Shares are of the limit in force. */
export type DoseBand = {
  from: number
  /** Infinity for the last band, which is the wall band itself. */
  to: number
  bins: number
  withErrors: number
  errors: number
  /** Null where attempts are not known. */
  attempts: number | null
}

/** The null distribution as a picture: how often a shifted series overlapped as much. */
export type ShiftPicture = {
  /** How many shifts fell into each of equal classes between 0 and `max`. */
  counts: readonly number[]
  max: number
  /** The overlap that was observed (shift 0), in the same unit: bins' worth of errors. */
  observed: number
  shifts: number
  /** Shifts with at least as much, the observed one among them. */
  asExtreme: number
}

/** What was found about one metric, its limit and the capacity errors of a window (evidence-methods §1). */
export type Verdict = {
  word: VerdictWord
  reason: VerdictReason
  /** Decides: 0–1; null where the test was not run. */
  p: number | null
  pLevel: number | null
  pOnset: number | null
  /** Rises to the limit with room before them (K). */
  crossings: number
  /** Active bins (n), their length, and whether attempts were known in them. */
  bins: number
  binMs: DurationMs
  knowsAttempts: boolean
  /** Share of the bins of the window that were observed, 0–1. */
  coverage: number
  /** Capacity errors of the window; at the limit (moved by the lag); below it; in unobserved bins. */
  errors: number
  errorsAtLimit: number
  errorsBelow: number
  errorsUncovered: number
  /** Mean error share of the bins at the limit (P1), below it (Pb), and from 80 % to the wall (Pn; null below 10 bins). */
  pAtLimit: number | null
  pBelow: number | null
  pNear: number | null
  /** P1 − Pb by Newcombe, one vote per bin. */
  difference: Interval | null
  /** Of bins with an error, at the limit against below: conditional estimate with exact 95 % interval. */
  oddsRatio: Interval | null
  /** Of the same table; for display only, since bins depend on each other. */
  fisherP: number | null
  /** Share of the errors that would not have happened without the limit (AF), with its 95 % interval. */
  attributable: Interval | null
  /** The smallest fraction that this window could have shown (φ). */
  detectable: number | null
  /** From reaching the limit to the errors; negative where errors come first. */
  lagMs: Interval | null
  /** One crossing: the lag is "about". */
  isLagRough: boolean
  dose: readonly DoseBand[]
  shifts: ShiftPicture | null
  /** Bins in the wall band, how many of them saw no error, and the bins from 80 % to the wall. */
  binsAtLimit: number
  quietBinsAtLimit: number
  binsNear: number
  /** Lag at which errors do follow, where it is longer than what is searched (rule 7). */
  laterByMs: DurationMs | null
  /** Highest value, and the highest limit, of the window; null where unknown. */
  peak: number | null
  limit: number | null
}
