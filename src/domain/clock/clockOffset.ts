import { type DurationMs, durationMs, SECOND_MS } from '../units.ts'
import { typicalIntervalMs } from '../evidence/sampling.ts'
import type { Series } from '../series/series.ts'
import { levelReader } from './levelReader.ts'

/** How alike two series are at each offset that was looked at. */
export type MatchCurve = {
  /** Added to the instants of the second series, ascending. */
  offsetMs: Float64Array
  /** Correlation of what changed, −1 to 1; NaN where too little is held in common. */
  match: Float64Array
  /** How many changes that rests on. */
  changes: Uint32Array
}

/** An offset and how well it fits. */
export type Fit = { offsetMs: DurationMs; match: number }

/** What is known of the clock behind a series. */
export type ClockOffset =
  | (Fit & {
      kind: 'aligned'
      /** Half the width of the offsets that fit as well, within what chance may do (95 %). */
      plusMinusMs: DurationMs
      /** The best one elsewhere; null where there is none. */
      runnerUp: Fit | null
    })
  | { kind: 'notAlignable'; reason: string }

/** What is looked at: clocks that are further off are another's day. */
const REACH_MS = 120_000
const STEP_MS = 500
/** Fewer changes in common prove nothing. */
const LEAST_CHANGES = 8
const LEAST_MATCH = 0.5
/**
 * The best of all offsets must be this many standard errors above none: p below 0.0003 for one of them, below
 * 0.01 for the two dozen of 10 s that do not overlap.
 */
const CHANCE_Z = 3.5
/** 95 %, both sides. */
const WIDTH_Z = 1.96
/** Offsets this near to the best are the same peak. */
const PEAK_MS = 15_000
/** How much better the best must be than any other. */
const LEAD = 0.1
/** Samples further apart than this do not tell what lies between them. */
const GAP_MS = 60_000

/** So many samples tell where a level rises and falls; more of them only take longer. */
const MOST_SAMPLES = 20_000

/**
 * How alike two series are that count the same things on different clocks, by offset: the correlation of
 * what changed from one instant of `reference` to the next with what changed in `other` between the same
 * two instants, moved. Changes and not levels, since what else the reference counts stays the same then.
 * Of long series 20 000 samples or a few more are looked at. O(offsets · samples).
 */
export function matchCurve(reference: Series, other: Series): MatchCurve {
  const [held, moved] = [thinned(reference), thinned(other)]
  const steps = Math.round(REACH_MS / STEP_MS)
  const offsetMs = Float64Array.from({ length: 2 * steps + 1 }, (_, i) => (i - steps) * STEP_MS)
  const match = new Float64Array(offsetMs.length)
  const changes = new Uint32Array(offsetMs.length)
  for (const [i, offset] of offsetMs.entries()) {
    const sums = sumsAt(held, moved, offset)
    match[i] = correlationOf(sums)
    changes[i] = sums.n
  }
  return { offsetMs, match, changes }
}

/** Every so many samples, never so few that what is left seems to have gaps; those that it has stay. */
function thinned(series: Series): Series {
  const { timeMs, value } = series
  const intervalMs = typicalIntervalMs(timeMs) ?? GAP_MS
  const step = Math.floor(Math.min(timeMs.length / MOST_SAMPLES, GAP_MS / 4 / intervalMs))
  if (step <= 1) return series
  const isKept = (i: number) =>
    i % step === 0 ||
    i === timeMs.length - 1 ||
    Number.isNaN(value[i]) ||
    // Both ends of a stretch without samples, which would be longer without them.
    timeMs[i]! - timeMs[i - 1]! > GAP_MS ||
    timeMs[i + 1]! - timeMs[i]! > GAP_MS
  return {
    timeMs: timeMs.filter((_, i) => isKept(i)),
    value: value.filter((_, i) => isKept(i)),
  }
}

/**
 * By how much a clock must be moved so that a series fits the reference (`offsetMs` is added to its
 * instants), or why that cannot be said. Recovers offsets of −90 to +90 s to 2 s where the series
 * rise and fall by more than their noise.
 */
export function clockOffset({ offsetMs, match, changes }: MatchCurve): ClockOffset {
  const best = bestOf(offsetMs, match, () => true)
  if (!best) return { kind: 'notAlignable', reason: 'fewer than 8 changes lie in the time of both' }
  const matchText = best.match.toFixed(2)
  if (best.match < LEAST_MATCH)
    return { kind: 'notAlignable', reason: `no offset makes them alike: best match ${matchText}` }
  const count = changes[offsetMs.indexOf(best.offsetMs)]!
  if (zOf(best.match) * errorsIn(count) < CHANCE_Z)
    return {
      kind: 'notAlignable',
      reason: `${count} changes in common may be so alike by chance: best match ${matchText}`,
    }
  const isElsewhere = (offset: number) => Math.abs(offset - best.offsetMs) > PEAK_MS
  const runnerUp = bestOf(offsetMs, match, (offset, i) => isElsewhere(offset) && isPeak(match, i))
  if (runnerUp && runnerUp.match > best.match - LEAD)
    return {
      kind: 'notAlignable',
      reason: `two offsets fit as well: ${secondsOf(best)} with ${matchText}, ${secondsOf(runnerUp)} with ${runnerUp.match.toFixed(2)}`,
    }
  if (Math.abs(best.offsetMs) >= REACH_MS - STEP_MS)
    return {
      kind: 'notAlignable',
      reason: `they are more alike the further the clock is moved: more than ${REACH_MS / SECOND_MS} s apart`,
    }
  return { kind: 'aligned', ...best, plusMinusMs: widthOf(offsetMs, match, best, count), runnerUp }
}

const secondsOf = ({ offsetMs }: Fit) => `${(offsetMs / SECOND_MS).toFixed(1)} s`

function sumsAt(reference: Series, other: Series, offset: number): Sums {
  const { timeMs, value } = reference
  const level = levelReader(other, GAP_MS)
  const sums = { n: 0, a: 0, b: 0, aa: 0, bb: 0, ab: 0 }
  let before = NaN
  for (let i = 0; i < timeMs.length; i++) {
    const now = level(timeMs[i]! - offset)
    if (i > 0 && timeMs[i]! - timeMs[i - 1]! <= GAP_MS)
      add(sums, value[i]! - value[i - 1]!, now - before)
    before = now
  }
  return sums
}

type Sums = { n: number; a: number; b: number; aa: number; bb: number; ab: number }

function add(sums: Sums, a: number, b: number) {
  if (Number.isNaN(a) || Number.isNaN(b)) return
  sums.n += 1
  sums.a += a
  sums.b += b
  sums.aa += a * a
  sums.bb += b * b
  sums.ab += a * b
}

/** Pearson's; NaN where one of both does not change, or too little is known. */
function correlationOf({ n, a, b, aa, bb, ab }: Sums): number {
  const variances = (aa - (a * a) / n) * (bb - (b * b) / n)
  return n < LEAST_CHANGES || !(variances > 0) ? NaN : (ab - (a * b) / n) / Math.sqrt(variances)
}

function bestOf(
  offsets: Float64Array,
  match: Float64Array,
  isWanted: (offset: number, i: number) => boolean,
): Fit | null {
  let best: Fit | null = null
  for (let i = 0; i < offsets.length; i++)
    if (isWanted(offsets[i]!, i) && match[i]! > (best?.match ?? -Infinity))
      best = { offsetMs: durationMs(offsets[i]!), match: match[i]! }
  return best
}

const isPeak = (match: Float64Array, i: number) =>
  !(match[i - 1]! > match[i]!) && !(match[i + 1]! > match[i]!)

/** Fisher's transformation of a correlation: its standard error is 1 / √(n − 3). Fisher 1921, Metron 1. */
const zOf = (match: number) => Math.atanh(Math.min(match, 1 - 1e-12))
const errorsIn = (changes: number) => Math.sqrt(changes - 3)

/** Half the width of the stretch around the best that chance may have put below it. */
function widthOf(
  offsets: Float64Array,
  match: Float64Array,
  best: Fit,
  changes: number,
): DurationMs {
  const at = offsets.indexOf(best.offsetMs)
  const least = Math.tanh(zOf(best.match) - WIDTH_Z / errorsIn(changes))
  let first = at
  let last = at
  while (match[first - 1]! >= least) first -= 1
  while (match[last + 1]! >= least) last += 1
  // The best may stand half a step beside the truth, and so may each end.
  return durationMs((offsets[last]! - offsets[first]!) / 2 + STEP_MS)
}
