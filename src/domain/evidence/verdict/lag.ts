import type { Interval } from '../../stats/interval.ts'
import type { ActiveBins } from './activeBins.ts'
import { type Run, runsAtLimit } from './runsAtLimit.ts'
import { onsetWeights, reachOf } from './shiftTest.ts'

/**
 * Lags tried, in bins. Errors are paired on a fixed range, so that every lag is judged by the same
 * errors.
 */
const EARLIEST = -15
const LATEST = 30
/** A lag whose log-likelihood is within this of the best may be the true one as well. */
const AS_GOOD = 3
/** The band entry and the real wall may differ by a bin on either side. */
const MARGIN = 1

/** Time from reaching the limit to the errors, in bins. */
export type Lag = Interval & {
  /** One crossing or none: widened, and still only "about". */
  isRough: boolean
}

/**
 * How long after the limit is reached the errors come, by profile quasi-likelihood over lags of −15
 * to 30 bins, at most a tenth of the window (evidence-methods §2). Negative: errors come first.
 *
 * Done twice, from the entry of the wall band and from the first bin that is truly at the wall: on
 * a slow ramp they differ, and the interval covers both. `counts`: bins to look at (1), all when
 * left out. Null where the window is too short, has no errors in its inner part, or every lag is as
 * good as any other. O(n) for each of at most 46 lags.
 * Source: Wedderburn 1974, Biometrika 61:439–447.
 */
export function lagOf(bins: ActiveBins, counts?: Uint8Array): Lag | null {
  const reach = reachOf(bins.atLimit.length)
  const tightened = tightenedMask(bins, reach)
  const fromBand = lagProfile(bins, bins.atLimit, counts)
  const fromWall = lagProfile(bins, tightened, counts)
  if (fromBand === null || fromWall === null) return null
  const sets = [asGood(fromBand), asGood(fromWall)]
  const lags = fromWall.first + fromWall.logLikelihood.length - 1
  const low = Math.min(...sets.map((set) => set.low))
  const high = Math.max(...sets.map((set) => set.high))
  if (low === fromWall.first && high === lags) return null
  const { crossings } = onsetWeights(bins.atLimit, reach)
  const isRough = crossings <= 1
  const margin = MARGIN + (isRough ? slowestEntry(bins.atLimit, tightened) : 0)
  return { value: asGood(fromWall).best, low: low - margin, high: high + margin, isRough }
}

type Profile = { first: number; logLikelihood: Float64Array }

/**
 * The quasi-log-likelihood of each lag from `first` on: errors of bin i come from the limit at i −
 * lag, one error share at the limit and one below. Divided by the dispersion at the best lag, since
 * errors come in bursts. Null as for `lagOf`.
 */
export function lagProfile(
  { errors, attempts, share }: ActiveBins,
  atLimit: Uint8Array,
  counts?: Uint8Array,
): Profile | null {
  const longest = Math.floor(atLimit.length / 10)
  const first = -Math.min(-EARLIEST, longest)
  const lags = Math.min(LATEST, longest) - first + 1
  const pairs = pairsOf(attempts ? errors : share, attempts, counts)
  if (!(pairs.all.failed > 0)) return null
  const runs = runsAtLimit(atLimit, 1)
  const raw = Float64Array.from({ length: lags }, (_, i) => {
    const { wall, rest } = groupsAt(pairs, runs, first + i)
    return logLikelihood(wall) + logLikelihood(rest)
  })
  const best = first + nearestBest(raw, first)
  const freedom = Math.max(1, pairs.count - 2)
  const groups = groupsAt(pairs, runs, best)
  const dispersion = Math.max(1, pearson(pairs, groups, atLimit, best) / freedom)
  return { first, logLikelihood: raw.map((value) => value / dispersion) }
}

type Group = { failed: number; tried: number }

/** The bins that every lag is judged by, 0 elsewhere, with their running sums: of those before each bin. */
type Pairs = {
  /** The bins are within [LATEST, last). */
  last: number
  count: number
  failed: Float64Array
  tried: Float64Array
  failedBefore: Float64Array
  triedBefore: Float64Array
  all: Group
}

function pairsOf(failed: Float64Array, tried: Float64Array | null, counts?: Uint8Array): Pairs {
  const n = failed.length
  const last = Math.max(LATEST, n + EARLIEST)
  const pairs = {
    failed: new Float64Array(n),
    tried: new Float64Array(n),
    failedBefore: new Float64Array(n + 1),
    triedBefore: new Float64Array(n + 1),
  }
  let count = 0
  const all = { failed: 0, tried: 0 }
  for (let i = 0; i < n; i++) {
    if (i >= LATEST && i < last && (!counts || counts[i] === 1)) {
      count += 1
      pairs.failed[i] = failed[i]!
      pairs.tried[i] = tried ? tried[i]! : 1
      all.failed += pairs.failed[i]!
      all.tried += pairs.tried[i]!
    }
    pairs.failedBefore[i + 1] = all.failed
    pairs.triedBefore[i + 1] = all.tried
  }
  return { ...pairs, last, count, all }
}

/** Failed and tried, at the limit and below it, with the limit moved by a lag. */
function groupsAt({ all, failedBefore, triedBefore }: Pairs, runs: readonly Run[], lag: number) {
  const wall = { failed: 0, tried: 0 }
  const within = (bin: number) => Math.min(failedBefore.length - 1, Math.max(0, bin + lag))
  for (const { from, to } of runs) {
    wall.failed += failedBefore[within(to)]! - failedBefore[within(from)]!
    wall.tried += triedBefore[within(to)]! - triedBefore[within(from)]!
  }
  return { wall, rest: { failed: all.failed - wall.failed, tried: all.tried - wall.tried } }
}

/** k ln(k/N) + (N − k) ln(1 − k/N), with 0 ln 0 = 0. */
function logLikelihood({ failed, tried }: Group): number {
  const passed = tried - failed
  const term = (count: number) => (count > 0 ? count * Math.log(count / tried) : 0)
  return term(failed) + term(passed)
}

/** Pearson's X² under the two shares of a lag; a share of 0 or 1 leaves nothing to vary. */
function pearson(
  { failed, tried, last }: Pairs,
  { wall, rest }: { wall: Group; rest: Group },
  atLimit: Uint8Array,
  lag: number,
): number {
  const shareAt = wall.failed / wall.tried
  const shareBelow = rest.failed / rest.tried
  let sum = 0
  for (let i = LATEST; i < last; i++) {
    const share = atLimit[i - lag] === 1 ? shareAt : shareBelow
    const spread = tried[i]! * share * (1 - share)
    if (spread > 0) sum += (failed[i]! - tried[i]! * share) ** 2 / spread
  }
  return sum
}

/** Index of the largest entry; of equal ones the lag nearest to 0. */
function nearestBest(values: Float64Array, first: number): number {
  let best = 0
  for (let i = 1; i < values.length; i++) {
    const gain = values[i]! - values[best]!
    const isNearer = Math.abs(first + i) < Math.abs(first + best)
    if (gain > 1e-9 || (gain > -1e-9 && isNearer)) best = i
  }
  return best
}

/** The lags that may be the true one, with the best of them. */
function asGood({ first, logLikelihood: values }: Profile) {
  const best = nearestBest(values, first)
  const isGood = (value: number) => value >= values[best]! - AS_GOOD
  return {
    best: first + best,
    low: first + values.findIndex(isGood),
    high: first + values.findLastIndex(isGood),
  }
}

/**
 * The mask with each run begun only where the wall itself is reached, or the highest value of its
 * first bins where it never is.
 */
function tightenedMask({ value, limit, atLimit }: ActiveBins, reach: number): Uint8Array {
  const tightened = Uint8Array.from(atLimit)
  for (const { from, to } of runsAtLimit(atLimit, 1)) {
    let highest = -Infinity
    for (let i = from; i < Math.min(to, from + reach); i++) highest = Math.max(highest, value[i]!)
    for (let i = from; i < to; i++) {
      const wall = limit[i]! - Math.max(1, Math.floor(limit[i]! / 500))
      if (value[i]! >= Math.min(wall, highest)) break
      tightened[i] = 0
    }
  }
  return tightened
}

/** Bins from band entry to the wall, at the run that takes longest. */
function slowestEntry(atLimit: Uint8Array, tightened: Uint8Array): number {
  let slowest = 0
  for (const { from, to } of runsAtLimit(atLimit, 1)) {
    const entry = tightened.indexOf(1, from)
    if (entry >= 0 && entry < to) slowest = Math.max(slowest, entry - from)
  }
  return slowest
}
