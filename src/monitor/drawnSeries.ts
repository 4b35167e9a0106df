import { lowerBound, upperBound } from '#domain/series/lowerBound.ts'
import type { Summaries } from '#domain/series/minuteSummaries.ts'
import type { PointBuffer } from '#domain/series/pointBuffer.ts'
import type { Series } from '#domain/series/series.ts'
import type { Tier } from '#domain/timeline/tierWords.ts'
import { epochMs, type EpochMs, type MetricId } from '#domain/units.ts'
import type { Sample, SeriesStore } from './seriesStore.ts'
import {
  type Step,
  stepIndexAt,
  stepOf,
  type SummarisedSeries,
  type SummaryStore,
} from './summaryStore.ts'

/**
 * What charts draw of a metric: its samples, and before them the lowest and highest of each step of
 * an older stretch. Whoever reasons about samples reads `SeriesStore`, which holds nothing else.
 */
export type DrawnSeries = {
  /** The M4 points of a window, as `SeriesStore.window` gives them; those of steps stand for no sample. */
  window: (
    metric: MetricId,
    from: EpochMs,
    to: EpochMs,
    columns: number,
    into?: PointBuffer,
  ) => Series
  /** The sample in force at an instant; null in a gap, and in a step. */
  at: (metric: MetricId, at: EpochMs) => Sample | null
  /** The step that an instant lies in; null where samples are shown, or nothing was kept. */
  step: (metric: MetricId, at: EpochMs) => Step | null
  /** The steps that begin in [from, to). */
  steps: (metric: MetricId, from: EpochMs, to: EpochMs) => Step[]
  /** The instant of the sample, or the middle of the step, that is so many away; null past the ends. */
  neighbour: (metric: MetricId, at: EpochMs, steps: number) => EpochMs | null
  /** Lowest and highest value in [from, to]; `maxAt` is near the highest where that lies in a step. */
  range: (
    metric: MetricId,
    from: EpochMs,
    to: EpochMs,
  ) => { min: number; max: number; maxAt: EpochMs } | null
  /** First and last instant that something is known of. */
  extent: (metric: MetricId) => { from: EpochMs; to: EpochMs } | null
  /** Null where a window shows samples only. */
  tier: (from: EpochMs, to: EpochMs) => Tier | null
  subscribe: (listener: () => void) => () => void
  version: () => number
}

export function createDrawnSeries(series: SeriesStore, summaries: SummaryStore): DrawnSeries {
  /** A metric's steps, where a window begins before they end; they end where samples begin. */
  function past(metric: MetricId, from: EpochMs): (SummarisedSeries & { until: EpochMs }) | null {
    const span = summaries.span()
    const own = span && from < span.to ? summaries.of(metric) : null
    return own && { ...own, until: span!.to }
  }

  function tier(from: EpochMs, to: EpochMs): Tier | null {
    const span = summaries.span()
    if (!span || from >= span.to || to < span.from) return null
    for (const metric of summaries.metrics()) {
      const { startMs } = summaries.of(metric)!.steps
      const first = startMs[lowerBound(startMs, from - span.stepMs + 1)]
      if (first !== undefined && first <= to)
        return { until: span.to, stepMs: span.stepMs, isPruned: span.isPruned }
    }
    return null
  }

  return {
    window(metric, from, to, columns, into) {
      const older = past(metric, from)
      if (!older) return series.window(metric, from, to, columns, into)
      const steps = older.line.m4(from, to, columns)
      if (to < older.until) return steps
      const samples = series.window(metric, from, to, columns)
      return joined(steps, samples, lowerBound(samples.timeMs, older.until))
    },
    at: (metric, at) => (past(metric, at) ? null : series.at(metric, at)),
    step(metric, at) {
      const older = past(metric, at)
      const index = older && stepIndexAt(older.steps, at)
      return older && index !== null ? stepOf(older.steps, index) : null
    },
    steps(metric, from, to) {
      const steps = past(metric, from)?.steps
      if (!steps) return []
      const end = lowerBound(steps.startMs, to)
      const found: Step[] = []
      for (let i = lowerBound(steps.startMs, from); i < end; i++) found.push(stepOf(steps, i))
      return found
    },
    neighbour(metric, at, steps) {
      const own = summaries.of(metric)
      const until = summaries.span()?.to
      if (!own || until === undefined) return series.neighbour(metric, at, steps)
      if (at < until) {
        const inside = middleAway(own.steps, at, steps)
        if (inside !== null || steps <= 0) return inside
        // Past the last step: the first of the samples.
        return series.neighbour(metric, epochMs(until - 1), 1)
      }
      const sample = series.neighbour(metric, at, steps)
      if (sample !== null && sample >= until) return sample
      return steps < 0 ? middleAway(own.steps, until, -1) : null
    },
    range(metric, from, to) {
      const older = past(metric, from)
      if (!older) return series.range(metric, from, to)
      const steps = older.line.range(from, to)
      const samples = to < older.until ? null : series.range(metric, older.until, to)
      if (!steps || !samples) return steps ?? samples
      const highest = samples.max > steps.max ? samples : steps
      return {
        min: Math.min(steps.min, samples.min),
        max: highest.max,
        maxAt: highest.maxAt,
      }
    },
    extent(metric) {
      const held = series.extent(metric)
      const { startMs = null } = summaries.of(metric)?.steps ?? {}
      const oldest = startMs?.[0]
      if (oldest === undefined) return held
      const to = held?.to ?? summaries.span()!.to
      return { from: epochMs(Math.min(oldest, held?.from ?? oldest)), to }
    },
    tier,
    subscribe(listener) {
      const leave = [series, summaries].map((store) => store.subscribe(listener))
      return () => leave.forEach((undo) => undo())
    },
    version: () => series.version() + summaries.version(),
  }
}

/** The points of the steps, then those of the samples from an index on. */
function joined(steps: Series, samples: Series, start: number): Series {
  const timeMs = new Float64Array(steps.timeMs.length + samples.timeMs.length - start)
  const value = new Float64Array(timeMs.length)
  timeMs.set(steps.timeMs)
  value.set(steps.value)
  timeMs.set(samples.timeMs.subarray(start), steps.timeMs.length)
  value.set(samples.value.subarray(start), steps.value.length)
  return { timeMs, value }
}

/** The middle of the step that is so many away from an instant; null past the ends. O(log n). */
function middleAway({ startMs, stepMs }: Summaries, at: EpochMs, steps: number): EpochMs | null {
  // A step begins here whose middle is at the instant.
  const start = at - stepMs / 2
  const before = steps < 0 ? lowerBound(startMs, start) : upperBound(startMs, start) - 1
  const found = startMs[before + steps]
  return found === undefined ? null : epochMs(found + stepMs / 2)
}
