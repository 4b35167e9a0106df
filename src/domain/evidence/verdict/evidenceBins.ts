import { type LimitSteps, limitAt } from '../../metrics/limitSteps.ts'
import type { Series } from '../../series/series.ts'
import { type DurationMs, durationMs, type EpochMs, epochMs, SECOND_MS } from '../../units.ts'
import { countsPerBin } from '../countsPerBin.ts'
import { inOrder, typicalIntervalMs } from '../sampling.ts'
import type { FailureColumns, WatchedSeries } from '../watchedSeries.ts'

/** A window has at most about so many bins: a test over all shifts stays quick. */
const MOST_BINS = 14_400
/**
 * Samples closer than so many typical intervals are neighbours: what is missing between them is
 * jitter.
 */
const NEIGHBOURS = 2.5
/**
 * Attempts serve only where they are known nearly everywhere: else knowing them would cost more
 * bins than it is worth.
 */
const KNOWN_ENOUGH = 0.9

/** A window cut into bins of equal length: columns of one entry per bin, oldest first. */
export type EvidenceBins = {
  /**
   * Start of the first bin, a multiple of `binMs` since the epoch: bins of the same length are the
   * same bins whatever the window.
   */
  startMs: EpochMs
  binMs: DurationMs
  /**
   * Highest value of the bin and the limit in force at that sample; NaN where either is not known.
   */
  value: Float64Array
  limit: Float64Array
  /** Lowest value of the bin; left out where bins hold one sample, whose value it is. */
  lowest?: Float64Array
  /** 1 where value, limit and (if they are used at all) attempts are known. */
  isObserved: Uint8Array
  errors: Float64Array
  /**
   * At least the errors of the bin; NaN where unknown. Null: they are not known well enough to be
   * used.
   */
  attempts: Float64Array | null
  /** Errors in bins that were not observed. */
  errorsUncovered: number
  /** Largest change between neighbouring samples; 0 where there are no two. */
  largestStep: number
}

type Input = {
  from: EpochMs
  to: EpochMs
  watched: WatchedSeries
  capacity: FailureColumns
  /** A count series: each sample counts what came since the one before. */
  attempts: Series | null
  /** Finest bin allowed; a second unless the values are exact in time. */
  minBinMs?: number
  mostBins?: number
}

/**
 * Cuts the window [from, to) into the bins that evidence is counted in (evidence-methods §1.1).
 * Bins are as fine as the samples allow: Δ = max(1 s, median sampling interval, window / 14 400),
 * in whole seconds (whole `minBinMs` below a second) so that bins keep their places from look to
 * look.
 *
 * Samples may come in any order, twice, or not at all; a window without length has no bins. Where a
 * sample lies in a bin whose limit is unknown, the bin is not observed. One missing bin between
 * neighbours takes the higher of them. Errors outside of the window are left out. O(samples +
 * errors), O(n log n) where samples are not in order.
 */
export function evidenceBins(input: Input): EvidenceBins {
  const { from, to, watched, capacity } = input
  const series = inOrder(watched.series)
  const intervalMs = typicalIntervalMs(series.timeMs)
  const binMs = binLength(input, intervalMs)
  const first = Math.floor(from / binMs)
  const bins = to > from && Number.isFinite(to - from) ? Math.ceil(to / binMs) - first : 0
  const grid = { startMs: first * binMs, binMs, bins }
  const binOf = (at: number) => (at >= from && at < to ? Math.floor(at / binMs) - first : -1)
  const levels = levelsOf(series, watched.limits, bins, binOf, NEIGHBOURS * (intervalMs ?? 0))
  const errors = new Float64Array(bins)
  for (let i = 0; i < capacity.timeMs.length; i++) {
    const bin = binOf(capacity.timeMs[i]!)
    const count = capacity.count[i]!
    if (bin >= 0 && count > 0 && Number.isFinite(count)) errors[bin]! += count
  }
  const { value, limit, lowest, largestStep } = levels
  const known = new Uint8Array(bins)
  for (let i = 0; i < bins; i++) known[i] = Number.isNaN(value[i]! + limit[i]!) ? 0 : 1
  const counted = input.attempts && countsPerBin(inOrder(input.attempts), grid)
  const attempts = counted && usableAttempts(counted, errors, known)
  const isObserved = new Uint8Array(bins)
  let errorsUncovered = 0
  for (let i = 0; i < bins; i++) {
    isObserved[i] = attempts && Number.isNaN(attempts[i]) ? 0 : known[i]!
    if (!isObserved[i]) errorsUncovered += errors[i]!
  }
  return {
    startMs: epochMs(grid.startMs),
    binMs: durationMs(binMs),
    value,
    limit,
    lowest,
    isObserved,
    errors,
    attempts,
    errorsUncovered,
    largestStep,
  }
}

function binLength(input: Input, intervalMs: number | null): number {
  const { from, to, minBinMs = SECOND_MS, mostBins = MOST_BINS } = input
  const finest = minBinMs > 0 ? minBinMs : SECOND_MS
  const unit = Math.min(SECOND_MS, finest)
  const whole = (length: number) => Math.round(length / unit) * unit
  const coarsest = Math.ceil((to - from) / mostBins / unit) * unit
  const length = Math.max(finest, whole(intervalMs ?? 0), coarsest)
  return Number.isFinite(length) ? length : finest
}

/** Highest value per bin, with its limit. */
function levelsOf(
  { timeMs, value }: Series,
  limits: LimitSteps,
  bins: number,
  binOf: (at: number) => number,
  nearMs: number,
) {
  const highest = new Float64Array(bins).fill(Number.NaN)
  const limit = new Float64Array(bins).fill(Number.NaN)
  const lowest = new Float64Array(bins).fill(Number.NaN)
  const firstAt = new Float64Array(bins)
  const lastAt = new Float64Array(bins)
  /** Something was tried in the bin and nothing was learnt: not a case of jitter. */
  const isBlind = new Uint8Array(bins)
  const limitFor = limitReader(limits)
  let largestStep = 0
  let before = Number.NaN
  let beforeAt = Number.NaN
  for (let i = 0; i < timeMs.length; i++) {
    const at = timeMs[i]!
    const bin = binOf(at)
    if (bin < 0) continue
    const current = Number.isFinite(value[i]) ? value[i]! : Number.NaN
    if (at - beforeAt <= nearMs && Math.abs(current - before) > largestStep) {
      largestStep = Math.abs(current - before)
    }
    before = current
    beforeAt = at
    const limitThen = limitFor(at)
    if (Number.isNaN(current) || limitThen === null) {
      isBlind[bin] = 1
      continue
    }
    if (Number.isNaN(highest[bin])) firstAt[bin] = at
    lastAt[bin] = at
    if (!(lowest[bin]! <= current)) lowest[bin] = current
    // Of equal values the one nearer to its limit speaks.
    const isHigher =
      current > highest[bin]! || (current === highest[bin] && limitThen < limit[bin]!)
    if (!Number.isNaN(highest[bin]) && !isHigher) continue
    highest[bin] = current
    limit[bin] = limitThen
  }
  for (let bin = 1; bin < bins - 1; bin++) {
    const isMissing = Number.isNaN(highest[bin]) && !isBlind[bin]
    if (!isMissing || Number.isNaN(highest[bin - 1]! + highest[bin + 1]!)) continue
    if (firstAt[bin + 1]! - lastAt[bin - 1]! > nearMs) continue
    const higher = highest[bin - 1]! >= highest[bin + 1]! ? bin - 1 : bin + 1
    highest[bin] = highest[higher]!
    limit[bin] = limit[higher]!
    lowest[bin] = lowest[higher]!
  }
  return { value: highest, limit, lowest, largestStep }
}

/**
 * The limit at instants asked for in ascending order: each step is looked up once. Null where
 * unknown, or no number a limit can be.
 */
function limitReader(steps: LimitSteps): (at: number) => number | null {
  let until = -Infinity
  let current: number | null = null
  return (at) => {
    if (at < until) return current
    const limit = limitAt(steps, epochMs(at))
    current = limit !== null && limit >= 0 && Number.isFinite(limit) ? limit : null
    until = steps.find(({ from }) => from > at)?.from ?? Infinity
    return current
  }
}

/**
 * Attempts as they can be used: never fewer than the errors of their bin. Null where they are
 * unknown in too many bins, or are so few that they cannot be the attempts that failed: counts of
 * errors alone then say more.
 */
function usableAttempts(
  counted: Float64Array,
  errors: Float64Array,
  known: ArrayLike<number>,
): Float64Array | null {
  const all = { bins: 0, errors: 0 }
  const covered = { bins: 0, errors: 0, attempts: 0 }
  for (let i = 0; i < counted.length; i++) {
    if (!known[i]) continue
    all.bins += 1
    all.errors += errors[i]!
    if (Number.isNaN(counted[i])) continue
    covered.bins += 1
    covered.errors += errors[i]!
    covered.attempts += counted[i]!
  }
  const isUsable =
    covered.bins >= KNOWN_ENOUGH * all.bins &&
    covered.errors >= KNOWN_ENOUGH * all.errors &&
    covered.attempts >= KNOWN_ENOUGH * covered.errors
  return isUsable ? counted.map((attempts, i) => Math.max(attempts, errors[i]!)) : null
}
