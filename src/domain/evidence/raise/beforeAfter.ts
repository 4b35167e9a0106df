import { highestWithin } from '../../series/highestWithin.ts'
import type { Series } from '../../series/series.ts'
import type { Interval } from '../../stats/interval.ts'
import { type DurationMs, durationMs, type EpochMs } from '../../units.ts'
import type { Attempts } from '../demand/clientEvents.ts'
import { verdictOf } from '../verdict/verdict.ts'
import { wallBand } from '../verdict/wallBand.ts'
import type { FailureColumns, WatchedSeries } from '../watchedSeries.ts'
import { newestRaise, type Raise } from './newestRaise.ts'
import { type RaiseBins, raiseBins } from './raiseBins.ts'
import type { GuardedSeries } from './guards.ts'
import { type Guard, raiseGuard } from './raiseGuard.ts'
import { type RefusedShares, refusedShares } from './refusedShares.ts'
import { type MatchedBins, matchedBins } from './strata.ts'

/** Whether a change of a limit took the rejections away, at equal load (evidence-methods §6). */
export type BeforeAfter = {
  word: 'worked' | 'did-not' | 'load-not-comparable' | 'cannot-tell'
  reason:
    | 'fewer'
    | 'not-fewer'
    | 'common-support'
    | 'too-few-bins'
    | 'nothing-rejected-before'
    | 'unclear'
    | 'guard-worse'
    | 'not-tried'
    /** Nobody counts attempts: there is no load to compare. */
    | 'no-attempts'
    /** Too few bursts of refusals before to be missed after, and nothing ties them to the limit. */
    | 'few-bursts'
  at: EpochMs
  oldLimit: number
  newLimit: number
  /** Rejected share of the attempts at matched load. */
  before: number | null
  after: number | null
  /** after − before with effective counts. */
  difference: Interval | null
  /** Attempts in the bins that were compared; 0 where none could be. */
  attemptsBefore: number
  attemptsAfter: number
  /** Share of the bins that have their like on the other side. */
  keptBefore: number
  keptAfter: number
  /** What the load was matched on. */
  matchedOn: 'demand' | 'attempts'
  peakAfter: number | null
  /** What became of the queues, as far as both sides were measured. */
  guards: readonly Guard[]
  /** Titles of the guards that were not measured on both sides. */
  unmeasured: readonly string[]
  /**
   * Length of the bins that were matched, and how many active ones there are; absent without
   * attempts.
   */
  binMs?: DurationMs
  binsBefore?: number
  binsAfter?: number
  /** Refusals on either side, at whatever load. */
  refusedBefore?: number
  refusedAfter?: number
}

type Input = {
  from: EpochMs
  to: EpochMs
  subject: WatchedSeries
  capacity: FailureColumns
  /** A count series. */
  attempts: Series | null
  clients: Attempts | null
  guards: readonly GuardedSeries[]
}

/** Less of a side than this, in bins or in refusals, is not that side. */
const LEAST_KEPT = 0.5
/** Bins per stratum times strata: below it no load could have been matched. */
const BINS_PER_STRATUM = 10
/** A cure takes at least this share of the refusals away. */
const CURED = 0.5
/**
 * With fewer bursts before than this, none after is too likely by chance alone: 25 % of raises that
 * changed nothing were called a success at one burst expected per side, 14 % at two; 3 and 5 % with
 * this rule (simulated, 300 to 1 500 runs).
 */
export const BURSTS_WANTED = 3

/**
 * Whether the newest raise of the subject's limit within [from, to) took the refusals away
 * (evidence-methods §6). Null where no known limit was raised.
 *
 * Before is the time since the change before it (or the window), after the time to the next one.
 * Both are compared at equal load, refusals that come in bursts are counted as bursts. Beyond §6:
 * refusals of the time before must lie at a load that came back, and fewer than three bursts of
 * them count as cured only where they followed the limit by the verdict's own test. O(n log n).
 */
export function beforeAfterOf(input: Input): BeforeAfter | null {
  const raise = newestRaise(input.subject.limits, input.from, input.to)
  if (!raise) return null
  const { at, oldLimit, newLimit, before, after } = raise
  const bins = raiseBins(raise, input)
  const load = bins && comparedAtEqualLoad(bins)
  const shares = load?.shares ?? null
  const guarded = input.guards.map((guard) => raiseGuard(guard, before, after))
  const guards = guarded.filter((guard) => guard !== null)
  const peakAfter = highestWithin(input.subject.series, after.from, after.to)
  const isTried =
    bins?.matchedOn === 'demand' || (peakAfter !== null && peakAfter >= wallBand(oldLimit).enter)
  return {
    ...decided({ load, isTried, guards, didFollow: () => didFollow(input, raise) }),
    at,
    oldLimit,
    newLimit,
    before: shares?.before ?? null,
    after: shares?.after ?? null,
    difference: shares?.difference ?? null,
    attemptsBefore: load && shares ? keptSum(load.bins.before.attempts, load.weightBefore) : 0,
    attemptsAfter: load && shares ? keptSum(load.bins.after.attempts, load.weightAfter) : 0,
    keptBefore: load?.keptBefore ?? 0,
    keptAfter: load?.keptAfter ?? 0,
    matchedOn: bins?.matchedOn ?? 'attempts',
    peakAfter,
    guards,
    unmeasured: input.guards.filter((_, i) => guarded[i] === null).map(({ title }) => title),
    ...(bins && {
      binMs: durationMs(bins.binMs),
      binsBefore: bins.before.load.length,
      binsAfter: bins.after.load.length,
      refusedBefore: bins.before.allErrors,
      refusedAfter: bins.after.allErrors,
    }),
  }
}

/** Two sides matched by load; `shares` is null where too little of them is alike. */
type EqualLoad = MatchedBins & { bins: RaiseBins; shares: RefusedShares | null }

function comparedAtEqualLoad(bins: RaiseBins): EqualLoad {
  const matched = matchedBins(bins.before.load, bins.after.load)
  const { weightBefore, weightAfter, keptBefore, keptAfter } = matched
  const isEnough =
    !bins.isThin &&
    Math.min(keptBefore, keptAfter) >= LEAST_KEPT &&
    keptSum(bins.before.errors, weightBefore) >= LEAST_KEPT * bins.before.allErrors
  const before = { ...bins.before, weight: weightBefore }
  const after = { ...bins.after, weight: weightAfter }
  return { ...matched, bins, shares: isEnough ? refusedShares(before, after) : null }
}

type Found = {
  load: EqualLoad | null
  isTried: boolean
  guards: readonly Guard[]
  /** Whether the refusals before followed the limit; dear, asked only where it decides. */
  didFollow: () => boolean
}

/** The first of these that holds is what is said. */
function decided({
  load,
  isTried,
  guards,
  didFollow,
}: Found): Pick<BeforeAfter, 'word' | 'reason'> {
  if (!load) return { word: 'cannot-tell', reason: 'no-attempts' }
  if (load.bins.before.allErrors === 0)
    return { word: 'cannot-tell', reason: 'nothing-rejected-before' }
  if (!load.shares)
    return areFew(load)
      ? { word: 'cannot-tell', reason: 'too-few-bins' }
      : { word: 'load-not-comparable', reason: 'common-support' }
  const { before, after, difference, effectiveBefore } = load.shares
  if (difference.high < 0 && after <= CURED * before) {
    if (effectiveBefore < BURSTS_WANTED && !didFollow())
      return { word: 'cannot-tell', reason: 'few-bursts' }
    if (!isTried) return { word: 'cannot-tell', reason: 'not-tried' }
    if (guards.some(({ isWorse }) => isWorse)) return { word: 'cannot-tell', reason: 'guard-worse' }
    return { word: 'worked', reason: 'fewer' }
  }
  if (difference.low > -CURED * before) return { word: 'did-not', reason: 'not-fewer' }
  return { word: 'cannot-tell', reason: 'unclear' }
}

/** Whether it is the number of attempts, not their load, that left nothing to compare. */
const areFew = ({ bins: { before, after, isThin }, strata }: EqualLoad) =>
  isThin || Math.min(before.load.length, after.load.length) < BINS_PER_STRATUM * Math.max(1, strata)

/**
 * Whether the refusals before came when the old limit was reached, by the test that accounts for
 * chance.
 */
function didFollow({ subject, capacity, attempts }: Input, { before }: Raise): boolean {
  const { word } = verdictOf({ ...before, subject, capacity, attempts, named: 0 })
  return word === 'capacity-bound' || word === 'partly'
}

function keptSum(column: ArrayLike<number>, weight: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < weight.length; i++) if (weight[i]! > 0) sum += column[i]!
  return sum
}
