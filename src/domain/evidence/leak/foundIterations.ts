import { finiteSamples } from '../../series/finiteSamples.ts'
import type { Series } from '../../series/series.ts'
import { median, quantile } from '../../stats/quantile.ts'
import type { Iteration } from '../../timeline/iterations.ts'
import { epochMs } from '../../units.ts'

/**
 * A pulse rises by at least this share of the range between the 5 and 95 % quantile of all samples,
 * and by so many connections.
 */
const SWING_SHARE = 0.3
const LEAST_SWING = 20
/** A rest between pulses has as many samples as a floor needs. */
const FEWEST_AT_REST = 10
/**
 * How far the samples of a rest may lie apart (10 to 90 % quantile), as a share of the swing; one
 * connection is always allowed.
 */
const QUIET_SHARE = 0.04
/** A ramp begins where the rest is left by this share of the swing, or by two connections. */
const RAMP_SHARE = 0.02
/** Where a ramp has certainly begun, as a share of the swing. */
const SURE_RAMP_SHARE = 0.2
/** Two pulses may be chance. */
const FEWEST_PULSES = 3

/**
 * The repetitions of a load test that nobody marked: pulses that rise from one quiet stretch and
 * fall back to the next, oldest first, numbered from 1 and without labels; `to` is where the load
 * has half gone off, null while it has not.
 *
 * None rather than wrong ones: a series in which only one rest is restless has none, nor has one
 * with fewer than three pulses. White noise, waves without rests, wandering and ramps have none.
 * What has rests for other reasons (nights, batch jobs) has some, and a floor that rises over them
 * is worth knowing all the same. Gaps are left out, and a pulse within one is not seen. Cost O(n
 * log n).
 */
export function foundIterations(series: Series): Iteration[] {
  const { timeMs, value } = finiteSamples(series)
  const level = medianOfThree(value)
  const range = (quantile(level, 0.95) ?? 0) - (quantile(level, 0.05) ?? 0)
  const turns = turnsOf(level, Math.max(LEAST_SWING, SWING_SHARE * range))
  const rests: Rest[] = []
  let pulse = turns.findIndex(({ isHigh }) => isHigh)
  if (pulse < 0) return []
  const first = startOf(level, turns[pulse - 1], turns[pulse]!)
  // Every second turn is a low; one that is too short to be a rest is a glitch inside of a pulse.
  for (let next = pulse + 2; next < turns.length; next += 2) {
    const rest = restBetween(level, turns[pulse]!.at, turns[next - 1]!.at, turns[next]!.at)
    if (rest.end - rest.start >= FEWEST_AT_REST) {
      if (!isQuiet(level, rest)) return []
      rests.push(rest)
      pulse = next
    } else if (level[turns[next]!.at]! > level[turns[pulse]!.at]!) pulse = next
  }
  if (rests.length + 1 < FEWEST_PULSES) return []
  const tail = turns.at(-1)!.isHigh ? null : fallAfter(level, turns[pulse]!.at, turns.at(-1)!.at)
  return [first, ...rests.map(({ end }) => end)].map((start, i) => {
    const off = rests[i]?.start ?? tail
    return {
      number: i + 1,
      label: '',
      from: epochMs(timeMs[start]!),
      to: off === null ? null : epochMs(timeMs[off]!),
    }
  })
}

/** A local highest or lowest sample. */
type Turn = { at: number; isHigh: boolean }

/**
 * Samples [start, end) between two pulses: from where the fall is half done to where the next ramp
 * begins.
 */
type Rest = { start: number; end: number; swing: number }

/**
 * Alternating highs and lows, each at least `swing` away from the one before. The last one may
 * still move.
 */
function turnsOf(level: Float64Array, swing: number): Turn[] {
  const turns: Turn[] = []
  let low = 0
  let high = 0
  for (let i = 1; i < level.length; i++) {
    const isRising = turns.length === 0 || !turns.at(-1)!.isHigh
    const isFalling = turns.length === 0 || turns.at(-1)!.isHigh
    if (level[i]! > level[high]!) high = i
    if (level[i]! < level[low]!) low = i
    if (isRising && level[i]! >= level[low]! + swing) {
      if (turns.length === 0) turns.push({ at: low, isHigh: false })
      else turns.at(-1)!.at = low
      turns.push({ at: i, isHigh: true })
      high = i
      low = i
    } else if (isFalling && level[i]! <= level[high]! - swing) {
      if (turns.length === 0) turns.push({ at: high, isHigh: true })
      else turns.at(-1)!.at = high
      turns.push({ at: i, isHigh: false })
      high = i
      low = i
    }
  }
  const last = turns.at(-1)
  if (last) last.at = last.isHigh ? high : low
  return turns
}

function restBetween(level: Float64Array, before: number, low: number, after: number): Rest {
  const swing = Math.min(level[before]!, level[after]!) - level[low]!
  const start = fallAfter(level, before, low)
  return { start, end: rampBefore(level, start, low, after), swing }
}

/** The first sample of the lower half on the way down to a low. */
function fallAfter(level: Float64Array, high: number, low: number): number {
  const middle = (level[high]! + level[low]!) / 2
  let i = low
  while (i > high && level[i - 1]! <= middle) i -= 1
  return i
}

/**
 * The first sample of the ramp from a low up to a high: after the last one that may still belong to
 * the rest that begins at `rest`; the low itself where there is hardly any.
 */
function rampBefore(level: Float64Array, rest: number, low: number, high: number): number {
  const swing = level[high]! - level[low]!
  const sure = leftBefore(level, low, high, level[low]! + SURE_RAMP_SHARE * swing)
  if (sure - rest < FEWEST_AT_REST) return low
  const still = median(level.subarray(rest + Math.floor((sure - rest) / 2), sure + 1))!
  return leftBefore(level, low, sure, still + Math.max(2, RAMP_SHARE * swing))
}

/**
 * The first sample after the last one that is not above `most`, going back from `high` to `low`.
 */
function leftBefore(level: Float64Array, low: number, high: number, most: number): number {
  let i = high
  while (i > low && level[i - 1]! > most) i -= 1
  return i
}

/** Where the first pulse begins: at its ramp, or where the series does, if that begins high. */
function startOf(level: Float64Array, low: Turn | undefined, high: Turn): number {
  if (!low) return 0
  return rampBefore(level, 0, low.at, high.at)
}

/** Whether the last half of a rest stands still, for its swing. */
function isQuiet(level: Float64Array, { start, end, swing }: Rest): boolean {
  const half = level.subarray(start + Math.floor((end - start) / 2), end)
  const spread = (quantile(half, 0.9) ?? Infinity) - (quantile(half, 0.1) ?? 0)
  return spread <= Math.max(1, QUIET_SHARE * swing)
}

/** Each sample as the median of itself and its neighbours: one glitch is no turn. */
function medianOfThree(value: Float64Array): Float64Array {
  return value.map((own, i) => {
    const before = value[i - 1] ?? own
    const after = value[i + 1] ?? own
    return Math.max(Math.min(before, own), Math.min(Math.max(before, own), after))
  })
}
