import type { Series } from '../../series/series.ts'
import type { Interval } from '../../stats/interval.ts'
import type { EpochMs } from '../../units.ts'
import type { Guard } from './beforeAfter.ts'
import { BLOCKS, T_BLOCKS } from './refusedShares.ts'

/**
 * A side on which fewer of the ten blocks hold a sample tells nothing of how much the mean wanders.
 */
const FEWEST_BLOCKS = 5

type Side = { from: EpochMs; to: EpochMs }

/**
 * Whether something became worse, that is higher, after a change: the difference of the means of up
 * to ten blocks of time on either side, ± t(0.975, 9) standard errors. Blocks, since neighbouring
 * samples of a queue are no two observations; nine degrees, fewer than Welch's, err towards "not
 * shown".
 *
 * `isWorse`: the whole interval lies above 0. A tide longer than a block (a lunch hour) is not told
 * from a change. Null where more than half of the blocks of a side are empty: it was not measured.
 * Gaps (NaN) are left out; order and repetition do not matter. O(n).
 */
export function raiseGuard(
  { title, series }: { title: string; series: Series },
  before: Side,
  after: Side,
): Guard | null {
  const one = blockMeans(series, before)
  const other = blockMeans(series, after)
  if (one.length < FEWEST_BLOCKS || other.length < FEWEST_BLOCKS) return null
  const was = momentsOf(one)
  const is = momentsOf(other)
  const value = is.mean - was.mean
  const half = T_BLOCKS * Math.sqrt(was.ofMean + is.ofMean)
  const change: Interval = { value, low: value - half, high: value + half }
  return { title, before: was.mean, after: is.mean, change, isWorse: change.low > 0 }
}

function blockMeans({ timeMs, value }: Series, { from, to }: Side): number[] {
  const sums = new Float64Array(BLOCKS)
  const counts = new Float64Array(BLOCKS)
  for (let i = 0; i < timeMs.length; i++) {
    const at = timeMs[i]!
    if (!(at >= from && at < to) || !Number.isFinite(value[i]!)) continue
    const block = Math.min(BLOCKS - 1, Math.floor(((at - from) / (to - from)) * BLOCKS))
    sums[block]! += value[i]!
    counts[block]! += 1
  }
  return Array.from(sums, (sum, block) => sum / counts[block]!).filter(Number.isFinite)
}

/** Mean, and the variance of that mean. */
function momentsOf(values: readonly number[]): { mean: number; ofMean: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, ofMean: squares / (values.length - 1) / values.length }
}
