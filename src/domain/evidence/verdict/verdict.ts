import { highestWithin } from '../../series/highestWithin.ts'
import type { Series } from '../../series/series.ts'
import type { Interval } from '../../stats/interval.ts'
import { seededRandom } from '../../stats/random.ts'
import { type DurationMs, durationMs, type EpochMs } from '../../units.ts'
import type { FailureColumns, WatchedSeries } from '../watchedSeries.ts'
import { activeBins } from './activeBins.ts'
import { attributableInterval, comparison } from './comparison.ts'
import { decide, decidedBefore, isNamedByServer } from './decision.ts'
import { doseResponse } from './doseResponse.ts'
import { effectOf } from './effect.ts'
import { evidenceBins } from './evidenceBins.ts'
import { findingsOf, groundworkOf } from './findings.ts'
import { lagInTime } from './lagInTime.ts'
import { shiftPicture } from './shiftPicture.ts'
import { shiftTest } from './shiftTest.ts'

export type VerdictWord = 'capacity-bound' | 'partly' | 'not-capacity-bound' | 'cannot-tell'

/**
 * Why the verdict is what it is: the row of the decision table (evidence-methods §1.4) that spoke,
 * in its order, after what keeps it from being asked at all.
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

/**
 * Bins of one level of use, and how many of them saw an error. Shares are of the limit in force.
 */
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

/**
 * What was found about one metric, its limit and the capacity errors of a window (evidence-methods
 * §1).
 */
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
  /**
   * Capacity errors of the window; at the limit (moved by the lag); below it; in unobserved bins.
   */
  errors: number
  errorsAtLimit: number
  errorsBelow: number
  errorsUncovered: number
  /**
   * Mean error share of the bins at the limit (P1), below it (Pb), and from 80 % to the wall (Pn;
   * null below 10 bins).
   */
  pAtLimit: number | null
  pBelow: number | null
  pNear: number | null
  /** P1 − Pb by Newcombe, one vote per bin. */
  difference: Interval | null
  /**
   * Of bins with an error, at the limit against below: conditional estimate with exact 95 %
   * interval.
   */
  oddsRatio: Interval | null
  /** Of the same table; for display only, since bins depend on each other. */
  fisherP: number | null
  /**
   * Share of the errors that would not have happened without the limit (AF), with its 95 %
   * interval.
   */
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

type Input = {
  from: EpochMs
  to: EpochMs
  /** Null where no metric has a known limit. */
  subject: WatchedSeries | null
  capacity: FailureColumns
  /** A count series of all attempts; null where nobody counts them. */
  attempts: Series | null
  /** How many of the capacity errors the server itself explains by a limit (grade A). */
  named: number
  /** Finest bins allowed: below a second only where values are exact in time. */
  minBinMs?: number
}

/**
 * Whether the limit of a metric caused the capacity errors of the window [from, to).
 *
 * Always an answer, without NaN: where nothing can be said the reason says why. The same window
 * gives the same numbers (the bootstrap is seeded by its length, so that a window that moves does
 * not flicker). O(samples + n log n), n ≤ 14 400 bins; about 0.1 s for a day of seconds.
 */
export function verdictOf(input: Input): Verdict {
  const { from, to, subject, capacity, named } = input
  const refusals = errorsWithin(capacity, from, to)
  const isNamed = isNamedByServer(named, refusals)
  const peak = subject && highestWithin(subject.series, from, to)
  const without = (reason: VerdictReason): Verdict => ({
    ...NOTHING_FOUND,
    ...(isNamed ? NAMED : { word: 'cannot-tell', reason }),
    errors: refusals,
    errorsUncovered: refusals,
    peak,
  })
  if (!subject) return without(to > from ? 'no-limit' : 'no-samples')
  const binning = { ...input, watched: subject }
  const bins = evidenceBins(binning)
  const limit = highestOf(bins.limit)
  if (peak === null || bins.value.length === 0) return without('no-samples')
  if (limit === null) return without('no-limit')

  const ground = groundworkOf(bins)
  const active = activeBins(bins)
  const before = decidedBefore(ground)
  const canTest = active.atLimit.includes(1) && ground.errors > bins.errorsUncovered
  const test = !before || (isNamed && canTest) ? shiftTest(active.atLimit, active.share) : null
  const effect = effectOf(active, test?.lag ?? 0, ground.errors)
  const found = test && findingsOf(active, test, effect, ground.errors)
  const decision = before ?? (found ? decide(found) : NOTHING_FOUND)
  const laterBy = decision.reason === 'later-than-searched' ? (found?.laterBy ?? null) : null
  const follows = test !== null && effect.attributable >= LEAST_FOR_LAG
  const lag = follows ? lagInTime(binning, bins, active) : null
  const random = seededRandom(to - from)
  return {
    word: isNamed ? NAMED.word : decision.word,
    reason: isNamed ? NAMED.reason : decision.reason,
    p: test?.p ?? null,
    pLevel: test?.pLevel ?? null,
    pOnset: test?.pOnset ?? null,
    crossings: test?.crossings ?? 0,
    bins: active.value.length,
    binMs: bins.binMs,
    knowsAttempts: bins.attempts !== null,
    coverage: ground.coverage,
    errors: ground.errors,
    errorsUncovered: bins.errorsUncovered,
    ...comparison(active, effect),
    attributable: test && attributableInterval(active, effect, ground.errors, random),
    detectable: test?.detectable ?? null,
    lagMs: lag && { value: lag.value, low: lag.low, high: lag.high },
    isLagRough: lag?.isRough ?? false,
    dose: doseResponse(active, effect.atLimit),
    shifts: test && shiftPicture(test),
    laterByMs: laterBy === null ? null : durationMs(laterBy * bins.binMs),
    peak,
    limit,
  }
}

const NAMED = { word: 'capacity-bound', reason: 'named-by-server' } as const

/**
 * Below this attributable share errors do not follow the limit, and a lag between them has no
 * meaning.
 */
const LEAST_FOR_LAG = 0.1

const NOTHING_FOUND: Verdict = {
  word: 'cannot-tell',
  reason: 'no-samples',
  p: null,
  pLevel: null,
  pOnset: null,
  crossings: 0,
  bins: 0,
  binMs: durationMs(0),
  knowsAttempts: false,
  coverage: 0,
  errors: 0,
  errorsAtLimit: 0,
  errorsBelow: 0,
  errorsUncovered: 0,
  pAtLimit: null,
  pBelow: null,
  pNear: null,
  difference: null,
  oddsRatio: null,
  fisherP: null,
  attributable: null,
  detectable: null,
  lagMs: null,
  isLagRough: false,
  dose: [],
  shifts: null,
  binsAtLimit: 0,
  quietBinsAtLimit: 0,
  binsNear: 0,
  laterByMs: null,
  peak: null,
  limit: null,
}

function errorsWithin({ timeMs, count }: FailureColumns, from: EpochMs, to: EpochMs): number {
  let sum = 0
  for (let i = 0; i < timeMs.length; i++) {
    const isCounted = timeMs[i]! >= from && timeMs[i]! < to && count[i]! > 0
    if (isCounted && Number.isFinite(count[i])) sum += count[i]!
  }
  return sum
}

const highestOf = (values: Float64Array) =>
  values.reduce<number | null>(
    (highest, value) => (Number.isNaN(value) || (highest ?? -Infinity) >= value ? highest : value),
    null,
  )
