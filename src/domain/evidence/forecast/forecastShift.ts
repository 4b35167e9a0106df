import { leastSquaresBreak } from '../../stats/changePoint.ts'
import { median } from '../../stats/quantile.ts'

/**
 * How much of the squares one step must explain: a ramp leaves 0.25 of them, too, but is not
 * abrupt.
 */
const MOST_LEFT = 0.3
/** How much of the step must happen at once. On a ramp it is 0.1, on two equal steps 0.67. */
const LEAST_AT_ONCE = 0.75
/** Blocks to either side that show what happened at once. */
const NEAR = 3
/**
 * How far the step must stand out from what the level does within as many blocks, in standard
 * deviations.
 */
const LEAST_NOISES = 5

/**
 * The index of the first block on a new level, where the level has shifted at once and stayed; null
 * where it rose or wandered there. By least squares, guarded against ramps and autocorrelation, for
 * which a test of independent values would call shifts all the time. Blocks without gaps. O(blocks
 * log blocks).
 */
export function shiftIn(level: Float64Array): number | null {
  const found = leastSquaresBreak(level)
  if (!found || found.sseSplit > MOST_LEFT * found.sseWhole) return null
  const { after, meanBefore, meanAfter } = found
  if (after < NEAR || level.length - after < NEAR) return null
  const step =
    median(level.subarray(after, after + NEAR))! - median(level.subarray(after - NEAR, after))!
  if (step / (meanAfter - meanBefore) < LEAST_AT_ONCE) return null
  const within = level.subarray(NEAR).map((value, j) => Math.abs(value - level[j]!))
  const noise = median(within)! / 0.6745
  return Math.abs(step) >= LEAST_NOISES * noise ? after : null
}
