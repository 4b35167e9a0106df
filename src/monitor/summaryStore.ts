import type { Metric } from '#domain/metrics/metric.ts'
import { upperBound } from '#domain/series/lowerBound.ts'
import { lineOf } from '#domain/series/minuteLine.ts'
import type { Summaries } from '#domain/series/minuteSummaries.ts'
import { createPyramid, type Pyramid } from '#domain/series/pyramid.ts'
import { epochMs, type EpochMs, later, type MetricId } from '#domain/units.ts'
import { createNotice } from './notice.ts'
import type { SummarisedSpan } from './recallPlan.ts'

/** What a metric came to in one step: [from, to). Values are null where it held gaps only. */
export type Step = {
  from: EpochMs
  to: EpochMs
  lowest: number | null
  highest: number | null
  mean: number | null
  /** Of all its samples, and how many they were: for the mean of several steps. */
  sum: number
  count: number
}

/** One metric of the stretch: its steps, and the line that is drawn of them. */
export type SummarisedSeries = { steps: Summaries; line: Pyramid }

/** The one older stretch that is shown in steps, apart from all samples, so that none is taken for one. */
export type SummaryStore = {
  /** Puts a stretch in the place of the one before; null forgets it. */
  replace: (span: SummarisedSpan | null, byMetric?: ReadonlyMap<MetricId, SummarisedSeries>) => void
  span: () => SummarisedSpan | null
  of: (metric: MetricId) => SummarisedSeries | null
  metrics: () => Iterable<MetricId>
  subscribe: (listener: () => void) => () => void
  version: () => number
}

const NOTHING: ReadonlyMap<MetricId, SummarisedSeries> = new Map()

/** A store without a stretch. */
export function createSummaryStore(schedule: (flush: () => void) => void): SummaryStore {
  const notice = createNotice(schedule)
  let span: SummarisedSpan | null = null
  let series = NOTHING
  return {
    replace(next, byMetric = NOTHING) {
      if (span === null && next === null) return
      span = next
      series = byMetric
      notice.raise()
    },
    span: () => span,
    of: (metric) => series.get(metric) ?? null,
    metrics: () => series.keys(),
    subscribe: notice.subscribe,
    version: notice.version,
  }
}

/** The steps of a metric with the line through them. O(n). */
export function summarisedSeries(steps: Summaries, kind: Metric['kind']): SummarisedSeries {
  const line = createPyramid()
  line.insert(lineOf(steps, kind))
  return { steps, line }
}

/** Which step an instant lies in, as an index; null where it lies in none. O(log n). */
export function stepIndexAt({ startMs, stepMs }: Summaries, at: EpochMs): number | null {
  const index = upperBound(startMs, at) - 1
  return index >= 0 && at < startMs[index]! + stepMs ? index : null
}

/** What a metric came to in a step. */
export function stepOf(steps: Summaries, index: number): Step {
  const from = epochMs(steps.startMs[index]!)
  const count = steps.count[index]!
  const isKnown = count > 0
  return {
    from,
    to: later(from, steps.stepMs),
    lowest: isKnown ? steps.min[index]! : null,
    highest: isKnown ? steps.max[index]! : null,
    mean: isKnown ? steps.sum[index]! / count : null,
    sum: steps.sum[index]!,
    count,
  }
}
