import { lineName } from '#domain/metrics/lineName.ts'
import { gapAfterMs } from '#domain/metrics/freshness.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { isOfFile } from '#domain/metrics/ofFile.ts'
import type { PointBuffer } from '#domain/series/pointBuffer.ts'
import type { Series } from '#domain/series/series.ts'
import type { DurationMs, EpochMs, MetricId } from '#domain/units.ts'
import type { PanelLimit, PanelSeries, SeriesStyle, Watched, WindowReader } from './chartData.ts'

/** What keeps the samples of many metrics, as far as charts read it. */
export type MetricStore = Watched & {
  window: (
    metric: MetricId,
    from: EpochMs,
    to: EpochMs,
    columns: number,
    into: PointBuffer,
  ) => Series
  at: (metric: MetricId, at: EpochMs) => { at: EpochMs; value: number } | null
  neighbour: (metric: MetricId, at: EpochMs, steps: number) => EpochMs | null
  range: (metric: MetricId, from: EpochMs, to: EpochMs) => { min: number; max: number } | null
}

/** Late by three intervals is stale (`freshness`). */
const STALE_AFTER_INTERVALS = 3

type Shown = {
  style: SeriesStyle
  hasWholePast: boolean
  /** Length of the steps in which the window is shown, at least in part; null: samples only. */
  stepMs: DurationMs | null
}

/**
 * A metric as a line of a chart. A file tells its gaps itself; its samples come as they come, and
 * nothing is late unless it is being followed. Steps stand as far apart as their length, and are
 * neither gaps nor late for that.
 */
export const panelSeries = (
  store: MetricStore,
  metric: Metric,
  { style, hasWholePast, stepMs }: Shown,
): PanelSeries => ({
  reader: readerOf(store, metric),
  title: lineName(metric),
  style,
  hasWholePast,
  gapAfterMs: joinedWithinMs(metric, stepMs),
  staleAfterMs:
    metric.intervalMs === null
      ? Infinity
      : STALE_AFTER_INTERVALS * Math.max(metric.intervalMs, stepMs ?? 0),
})

/** Points further apart than this are not joined by a line. */
export const joinedWithinMs = (metric: Metric, stepMs: DurationMs | null) =>
  metric.intervalMs === null || isOfFile(metric)
    ? Infinity
    : Math.max(gapAfterMs(metric.intervalMs), stepMs === null ? 0 : gapAfterMs(stepMs))

/** The limit of a metric as its chart draws it, or says why there is none. */
export const panelLimit = (
  noun: string,
  steps: LimitSteps,
  requested: number | null = null,
): PanelLimit => ({
  noun,
  steps,
  requested,
  // Steps say their own reason; this is for the time before the first of them.
  unknownReason: steps.length === 0 ? 'no source names one' : 'nobody had read it yet',
})

/** One metric as charts read it. */
const readerOf = (store: MetricStore, { id }: Metric): WindowReader => ({
  window: (from, to, columns, into) => store.window(id, from, to, columns, into),
  at: (at) => store.at(id, at),
  neighbour: (at, steps) => store.neighbour(id, at, steps),
  range: (from, to) => store.range(id, from, to),
  subscribe: store.subscribe,
  version: store.version,
})
