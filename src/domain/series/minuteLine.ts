import type { Metric } from '../metrics/metric.ts'
import type { Summaries } from './minuteSummaries.ts'
import type { Series } from './series.ts'

/** At most so many points show a step: its lowest, its highest, and a gap at its end. */
const MOST_POINTS = 3
/** A gap stands at the very end of its step, and what is known of the step before it. */
const GAP_BEFORE_END_MS = 1
const SUM_BEFORE_END_MS = 2

/**
 * Steps as points that a line can be drawn through, oldest first, within the step they stand for:
 *
 * - A level gives its lowest and its highest, a quarter of the step from its ends, once where they
 *   are the same. The second of them is the one nearer to the step's last sample, so that the line
 *   leaves a step where the level really was; where the step ended in a gap, the first is the one
 *   nearer to the point before.
 * - A count gives its sum, at the end of the step.
 * - A step that ended in a gap gives a NaN at its end.
 *
 * Where in a step the extremes were is not known, so no point stands for a sample. O(n).
 */
export function lineOf(steps: Summaries, kind: Metric['kind']): Series {
  const room = MOST_POINTS * steps.startMs.length
  const points = { timeMs: new Float64Array(room), value: new Float64Array(room), size: 0 }
  for (let i = 0; i < steps.startMs.length; i++) {
    const startMs = steps.startMs[i]!
    const endMs = startMs + steps.stepMs
    if (steps.count[i]! > 0) {
      if (kind === 'count') add(points, endMs - SUM_BEFORE_END_MS, steps.sum[i]!)
      else addExtremes(points, steps, i)
    }
    if (Number.isNaN(steps.last[i])) add(points, endMs - GAP_BEFORE_END_MS, NaN)
  }
  return {
    timeMs: points.timeMs.slice(0, points.size),
    value: points.value.slice(0, points.size),
  }
}

type Points = { timeMs: Float64Array; value: Float64Array; size: number }

function add(points: Points, at: number, value: number) {
  points.timeMs[points.size] = at
  points.value[points.size] = value
  points.size += 1
}

function addExtremes(points: Points, { startMs, stepMs, min, max, last }: Summaries, i: number) {
  const lowest = min[i]!
  const highest = max[i]!
  if (lowest === highest) return add(points, startMs[i]! + stepMs / 2, lowest)
  const before = points.size > 0 ? points.value[points.size - 1]! : NaN
  const isRising = Number.isNaN(last[i])
    ? !isNearer(before, highest, lowest)
    : isNearer(last[i]!, highest, lowest)
  add(points, startMs[i]! + stepMs / 4, isRising ? lowest : highest)
  add(points, startMs[i]! + (3 * stepMs) / 4, isRising ? highest : lowest)
}

/** Whether a value is nearer to one than to the other; it is near to nothing where it is not known. */
const isNearer = (value: number, one: number, other: number) =>
  Math.abs(value - one) < Math.abs(value - other)
