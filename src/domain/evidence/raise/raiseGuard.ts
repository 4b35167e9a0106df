import type { Series } from '../../series/series.ts'
import type { Interval } from '../../stats/interval.ts'
import type { EpochMs } from '../../units.ts'
import type { GuardedSeries, GuardRule } from './guards.ts'
import { BLOCKS, T_BLOCKS } from './refusedShares.ts'

/** What became of a guard. */
export type Guard = GuardRule & {
  before: number
  after: number
  /** after − before, 95 %. */
  change: Interval
  /** The same of its share (0–1) of the load it moves with; null where it has none that was measured. */
  ofLoad: { before: number; after: number; change: Interval } | null
  isWorse: boolean
}

/**
 * A side on which fewer of the ten blocks hold a sample tells nothing of how much the mean wanders.
 */
const FEWEST_BLOCKS = 5

type Side = { from: EpochMs; to: EpochMs }

/** What blocks came to; NaN where one holds no sample. */
type Blocks = readonly number[]

/**
 * Whether something became worse after a change: the difference of the means of up to ten blocks of
 * time on either side, ± t(0.975, 9) standard errors. Blocks, since neighbouring samples of a queue
 * are no two observations; nine degrees, fewer than Welch's, err towards "not shown".
 *
 * `isWorse`: the whole interval lies on the worse side of 0. A level that moves with the load
 * (interacting with those present, abandons with the offered) is worse only if its share of the load
 * is worse as well, by the same rule: half the callers keep half the agents busy, and that is no harm.
 * The load cannot be matched as attempts are (evidence-methods §6): a load test that goes on while
 * callers go home would pass for equal load. Asking for both can only lose an alarm, never make one.
 *
 * A tide longer than a block (a lunch hour) is not told from a change. Null where more than half of
 * the blocks of a side are empty: it was not measured. Gaps (NaN) are left out; order and repetition
 * do not matter. O(n).
 */
export function raiseGuard(
  { title, unit, worse, series, load }: GuardedSeries,
  before: Side,
  after: Side,
): Guard | null {
  const was = blockMeans(series, before)
  const is = blockMeans(series, after)
  const level = changeOf(was, is)
  if (!level) return null
  const known = load
    .map((one) => ({ was: blockMeans(one, before), is: blockMeans(one, after) }))
    .filter((one) => isMeasured(one.was) && isMeasured(one.is))
  const ofLoad =
    known.length === 0
      ? null
      : changeOf(
          sharesOf(
            was,
            known.map((one) => one.was),
          ),
          sharesOf(
            is,
            known.map((one) => one.is),
          ),
        )
  const isBad = ({ low, high }: Interval) => (worse === 'higher' ? low > 0 : high < 0)
  return {
    title,
    unit,
    worse,
    ...level,
    ofLoad,
    // A load that was there too seldom to take a share of leaves nothing to judge by.
    isWorse:
      isBad(level.change) && (known.length === 0 || (ofLoad !== null && isBad(ofLoad.change))),
  }
}

/** Means of both sides and their difference; null where a side was not measured. */
function changeOf(was: Blocks, is: Blocks) {
  if (!isMeasured(was) || !isMeasured(is)) return null
  const one = momentsOf(was.filter(Number.isFinite))
  const other = momentsOf(is.filter(Number.isFinite))
  const value = other.mean - one.mean
  const half = T_BLOCKS * Math.sqrt(one.ofMean + other.ofMean)
  const change: Interval = { value, low: value - half, high: value + half }
  return { before: one.mean, after: other.mean, change }
}

const isMeasured = (blocks: Blocks) => blocks.filter(Number.isFinite).length >= FEWEST_BLOCKS

/** Shares of the load, block by block; NaN where there was none. */
const sharesOf = (level: Blocks, load: readonly Blocks[]): Blocks =>
  level.map((mean, block) => mean / load.reduce((sum, one) => sum + one[block]!, 0))

function blockMeans({ timeMs, value }: Series, { from, to }: Side): Blocks {
  const sums = new Float64Array(BLOCKS)
  const counts = new Float64Array(BLOCKS)
  for (let i = 0; i < timeMs.length; i++) {
    const at = timeMs[i]!
    if (!(at >= from && at < to) || !Number.isFinite(value[i]!)) continue
    const block = Math.min(BLOCKS - 1, Math.floor(((at - from) / (to - from)) * BLOCKS))
    sums[block]! += value[i]!
    counts[block]! += 1
  }
  return Array.from(sums, (sum, block) => sum / counts[block]!)
}

/** Mean, and the variance of that mean. */
function momentsOf(values: readonly number[]): { mean: number; ofMean: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, ofMean: squares / (values.length - 1) / values.length }
}
