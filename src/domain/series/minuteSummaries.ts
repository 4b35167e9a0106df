import { type DurationMs, MINUTE_MS } from '../units.ts'
import { lowerBound } from './lowerBound.ts'
import type { Series } from './series.ts'

/**
 * What is left of a metric where only its steps are kept and not its samples: columns of equal
 * length, one entry per step that held any, oldest first. A step is a minute of UTC or a whole
 * number of them, `stepMs` long. Nothing a limit could be about is lost: the highest and the lowest
 * of a step are values that were measured. The mean is `sum / count`.
 */
export type Summaries = {
  readonly stepMs: DurationMs
  /** When each step begins: a multiple of its length since 1970. */
  readonly startMs: Float64Array
  /** NaN where a step held nothing but gaps. */
  readonly min: Float64Array
  readonly max: Float64Array
  readonly sum: Float64Array
  /** The newest sample; NaN where the step ended in a gap. */
  readonly last: Float64Array
  /** When that one came. */
  readonly lastMs: Float64Array
  /** How many samples it held, gaps left out. */
  readonly count: Float64Array
}

/** The columns of `Summaries`, for whoever copies all of them alike. */
export const SUMMARY_COLUMNS = [
  'startMs',
  'min',
  'max',
  'sum',
  'last',
  'lastMs',
  'count',
] as const satisfies readonly (keyof Summaries)[]

/** Room for so many steps, to be written with `startStep` and the columns themselves. */
export const roomFor = (size: number, stepMs: DurationMs): Summaries => ({
  stepMs,
  startMs: new Float64Array(size),
  min: new Float64Array(size),
  max: new Float64Array(size),
  sum: new Float64Array(size),
  last: new Float64Array(size),
  lastMs: new Float64Array(size),
  count: new Float64Array(size),
})

/** Begins a step of which nothing is known yet. */
export function startStep(steps: Summaries, index: number, startMs: number) {
  steps.startMs[index] = startMs
  steps.min[index] = NaN
  steps.max[index] = NaN
  steps.last[index] = NaN
  steps.lastMs[index] = -Infinity
}

/** The first `size` steps, in columns of their own where that is not all of them. */
export function cutTo(steps: Summaries, size: number): Summaries {
  return size === steps.startMs.length ? steps : slicedSummaries(steps, 0, size)
}

/** A copy of the steps [start, end), by index. */
export function slicedSummaries(steps: Summaries, start: number, end: number): Summaries {
  const sliced = roomFor(Math.max(0, end - start), steps.stepMs)
  for (const name of SUMMARY_COLUMNS) sliced[name].set(steps[name].subarray(start, end))
  return sliced
}

/** A copy of the steps that begin within [from, to). */
export const clippedSummaries = (steps: Summaries, from: number, to: number): Summaries =>
  slicedSummaries(steps, lowerBound(steps.startMs, from), lowerBound(steps.startMs, to))

/** Pieces that follow each other as one. */
export function joinedSummaries(pieces: readonly Summaries[], stepMs: DurationMs): Summaries {
  const joined = roomFor(
    pieces.reduce((sum, { startMs }) => sum + startMs.length, 0),
    stepMs,
  )
  let end = 0
  for (const piece of pieces) {
    for (const name of SUMMARY_COLUMNS) joined[name].set(piece[name], end)
    end += piece.startMs.length
  }
  return joined
}

/**
 * What the samples of a series come to minute by minute. The series must be oldest first; a value
 * that is not finite is a gap. O(n).
 */
export function summarised({ timeMs, value }: Series): Summaries {
  const steps = roomFor(timeMs.length, MINUTE_MS)
  let size = 0
  for (let i = 0; i < timeMs.length; i++) {
    const at = timeMs[i]!
    const startMs = Math.floor(at / MINUTE_MS) * MINUTE_MS
    if (size === 0 || steps.startMs[size - 1] !== startMs) startStep(steps, size++, startMs)
    take(steps, size - 1, at, value[i]!)
  }
  return cutTo(steps, size)
}

function take(steps: Summaries, index: number, at: number, value: number) {
  const isGap = !Number.isFinite(value)
  steps.last[index] = isGap ? NaN : value
  steps.lastMs[index] = at
  if (isGap) return
  steps.sum[index]! += value
  steps.count[index]! += 1
  // Written this way round, the first value takes the place of NaN.
  if (!(steps.min[index]! <= value)) steps.min[index] = value
  if (!(steps.max[index]! >= value)) steps.max[index] = value
}
