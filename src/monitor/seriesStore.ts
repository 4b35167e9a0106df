import type { PointBuffer } from '#domain/series/pointBuffer.ts'
import { createPyramid, type Pyramid } from '#domain/series/pyramid.ts'
import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'
import { createNotice } from './notice.ts'

/** A sample as screens read it; never a gap. */
export type Sample = { at: EpochMs; value: number }

/** Live series outside React. Appending is O(1), a window costs O(columns); readers hear once per flush. */
export type SeriesStore = {
  /** Takes one sample; a NaN is a gap. O(1) for the newest one, an older one is put in its place. */
  append: (metric: MetricId, at: EpochMs, value: number) => void
  /** Merges a whole series in: history, a feed's backlog, a file. A sample for an instant that has one replaces it. */
  insert: (metric: MetricId, series: Series) => void
  /** Forgets the samples in [from, to); a gap stays where they were. See `Pyramid.drop`. */
  drop: (metric: MetricId, from: EpochMs, to: EpochMs) => void
  /**
   * The M4 points of a window, at most four per column, gaps as NaN between them. With `into` they
   * are written there and hold until the next points are.
   */
  window: (
    metric: MetricId,
    from: EpochMs,
    to: EpochMs,
    columns: number,
    into?: PointBuffer,
  ) => Series
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
  /** A copy of the raw samples in [from, to], gaps included: for tables and exports, not for drawing. */
  slice: (metric: MetricId, from: EpochMs, to: EpochMs) => Series
  metrics: () => readonly MetricId[]
  subscribe: (listener: () => void) => () => void
  /** Grows with every flush: what React compares. */
  version: () => number
}

/**
 * A series store without samples. `schedule` decides when readers hear of news: the next animation
 * frame in a browser, a timer in Node, `(flush) => flush()` in tests.
 */
export function createSeriesStore(schedule: (flush: () => void) => void): SeriesStore {
  const pyramids = new Map<MetricId, Pyramid>()
  const notice = createNotice(schedule)
  let metrics: readonly MetricId[] = []

  function pyramidOf(metric: MetricId): Pyramid {
    const known = pyramids.get(metric)
    if (known) return known
    const pyramid = createPyramid()
    pyramids.set(metric, pyramid)
    metrics = [...pyramids.keys()]
    return pyramid
  }

  return {
    append(metric, at, value) {
      pyramidOf(metric).push(at, value)
      notice.raise()
    },
    insert(metric, series) {
      if (series.timeMs.length === 0) return
      pyramidOf(metric).insert(series)
      notice.raise()
    },
    drop(metric, from, to) {
      pyramids.get(metric)?.drop(from, to)
      notice.raise()
    },
    window: (metric, from, to, columns, into) =>
      pyramids.get(metric)?.m4(from, to, columns, into) ?? EMPTY_SERIES,
    latest: (metric) => pyramids.get(metric)?.latest() ?? null,
    at: (metric, at) => pyramids.get(metric)?.at(at) ?? null,
    neighbour: (metric, at, steps) => pyramids.get(metric)?.neighbour(at, steps) ?? null,
    range: (metric, from, to) => pyramids.get(metric)?.range(from, to) ?? null,
    extent: (metric) => pyramids.get(metric)?.extent() ?? null,
    slice: (metric, from, to) => pyramids.get(metric)?.slice(from, to) ?? EMPTY_SERIES,
    metrics: () => metrics,
    subscribe: notice.subscribe,
    version: notice.version,
  }
}
