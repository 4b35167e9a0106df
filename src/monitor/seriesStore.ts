import type { Series } from '#domain/series/series.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'

/** A sample as screens read it; never a gap. */
export type Sample = { at: EpochMs; value: number }

/** Live series outside React. Appending is O(1), a window costs O(columns); readers hear once per flush. */
export type SeriesStore = {
  append: (metric: MetricId, at: EpochMs, value: number) => void
  /** Merges a whole series in: history, a feed's backlog, a file. A sample for an instant that has one replaces it. */
  insert: (metric: MetricId, series: Series) => void
  /** The M4 points of a window, at most four per column, gaps as NaN between them. */
  window: (metric: MetricId, from: EpochMs, to: EpochMs, columns: number) => Series
  /** The newest sample that is no gap. */
  latest: (metric: MetricId) => Sample | null
  /** The newest sample at or before an instant; null where a gap or nothing lies there. */
  at: (metric: MetricId, at: EpochMs) => Sample | null
  /** The instant `steps` samples away from `at` (negative: earlier); null past the ends. */
  neighbour: (metric: MetricId, at: EpochMs, steps: number) => EpochMs | null
  /** Lowest and highest value and number of samples within [from, to]; null where there are none. */
  range: (
    metric: MetricId,
    from: EpochMs,
    to: EpochMs,
  ) => { min: number; max: number; maxAt: EpochMs; count: number } | null
  /** First and last instant held. */
  extent: (metric: MetricId) => { from: EpochMs; to: EpochMs } | null
  metrics: () => readonly MetricId[]
  subscribe: (listener: () => void) => () => void
  /** Grows with every flush: what React compares. */
  version: () => number
}
