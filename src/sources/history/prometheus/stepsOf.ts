import { roomFor, startStep, type Summaries } from '#domain/series/minuteSummaries.ts'
import { lowerBound } from '#domain/series/lowerBound.ts'
import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import type { DurationMs } from '#domain/units.ts'

/** What a level's samples come to, each a series of values at the ends of the steps. */
export type LevelColumns = Readonly<Record<'min' | 'max' | 'sum' | 'count' | 'last', Series>>

/** A step after which none follows within so many of them ended in a gap, whatever its last sample was. */
const GAP_AFTER_STEPS = 1.5

/**
 * A level's steps, one for each in which samples were counted. `last` is what stood at the end of the
 * step: nothing where the series was stale by then, or where the next step holds no sample. When in the step the newest
 * sample came is not known: it is said to be its end. O(n).
 */
export function levelSteps(columns: LevelColumns, stepMs: DurationMs): Summaries {
  const { count } = columns
  const steps = roomFor(count.timeMs.length, stepMs)
  const read = {
    min: valueReader(columns.min),
    max: valueReader(columns.max),
    sum: valueReader(columns.sum),
    last: valueReader(columns.last),
  }
  const gapAfterMs = GAP_AFTER_STEPS * Math.max(stepMs, usualDistance(count.timeMs))
  for (let i = 0; i < count.timeMs.length; i += 1) {
    const end = count.timeMs[i]!
    const isCutOff = (count.timeMs[i + 1] ?? end) - end > gapAfterMs
    startStep(steps, i, end - stepMs)
    steps.count[i] = count.value[i]!
    steps.min[i] = read.min(end)
    steps.max[i] = read.max(end)
    steps.sum[i] = read.sum(end)
    steps.last[i] = isCutOff ? NaN : read.last(end)
    steps.lastMs[i] = end - 1
  }
  return steps
}

/**
 * The steps of a count, from what a counter that only grows (or begins again at 0) stood at when each
 * ended. The first value is what it is counted from; what was counted while nobody looked belongs to
 * the step in which it was seen. Single amounts are not known: the lowest and the highest are the
 * mean. O(n).
 */
export function countSteps(total: Series, count: Series, stepMs: DurationMs): Summaries {
  const samplesAt = valueReader(count)
  const grown = increases(total)
  const steps = roomFor(grown.timeMs.length, stepMs)
  const gapAfterMs = GAP_AFTER_STEPS * Math.max(stepMs, usualDistance(total.timeMs))
  for (let i = 0; i < grown.timeMs.length; i += 1) {
    const end = grown.timeMs[i]!
    const sum = grown.value[i]!
    const samples = samplesAt(end) || 1
    startStep(steps, i, end - stepMs)
    steps.count[i] = samples
    steps.sum[i] = sum
    steps.min[i] = sum / samples
    steps.max[i] = sum / samples
    steps.last[i] = (grown.timeMs[i + 1] ?? end) - end > gapAfterMs ? NaN : sum / samples
    steps.lastMs[i] = end - 1
  }
  return steps
}

/**
 * How much a counter grew up to each of its values but the first. A lower value than the one before
 * means that it began again at 0, so all of it is new. `base`: what it stood at before the first, which
 * then counts too. O(n).
 */
export function increases({ timeMs, value }: Series, base: number | null = null): Series {
  const skipped = base === null ? 1 : 0
  if (timeMs.length <= skipped) return EMPTY_SERIES
  const grown = new Float64Array(timeMs.length - skipped)
  let before = base ?? value[0]!
  for (let i = skipped; i < timeMs.length; i += 1) {
    const now = value[i]!
    grown[i - skipped] = now >= before ? now - before : now
    before = now
  }
  return { timeMs: timeMs.slice(skipped), value: grown }
}

/** Reads a series at ascending instants; NaN where it has no sample exactly then. */
function valueReader({ timeMs, value }: Series): (at: number) => number {
  let next = 0
  return (at) => {
    while (next < timeMs.length && timeMs[next]! < at) next += 1
    return timeMs[next] === at ? value[next]! : NaN
  }
}

/** The median distance of ascending instants; 0 where there are fewer than two. O(n log n). */
export function usualDistance(timeMs: Float64Array): number {
  if (timeMs.length < 2) return 0
  const distances = timeMs.slice(1).map((at, i) => at - timeMs[i]!)
  return distances.sort()[distances.length >> 1]!
}

/** How far apart a level's samples usually are, in ms, by how many of them steps hold; null without any. */
export function usualInterval({ stepMs, count }: Summaries): number | null {
  const filled = count.slice().sort()
  const usual = filled.slice(lowerBound(filled, 1))
  return usual.length === 0 ? null : stepMs / usual[usual.length >> 1]!
}
