import { gapAfterMs } from '#domain/metrics/freshness.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { DurationMs } from '#domain/units.ts'
import type { DrawnSeries } from '#monitor/drawnSeries.ts'
import type { PanelLimit, PanelSeries, SeriesStyle } from '#ui/charts/chartData.ts'
import { isOfFile } from '#domain/metrics/ofFile.ts'
import { readerOf } from './metricWindow.ts'

/** Late by three intervals is stale (`freshness`). */
const STALE_AFTER_INTERVALS = 3

/** What a line is called: a file's own count names its file, since there may be several. */
export const lineName = (metric: Metric) =>
  isOfFile(metric) ? `${metric.title}, ${metric.origin}` : metric.title

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
  drawn: DrawnSeries,
  metric: Metric,
  { style, hasWholePast, stepMs }: Shown,
): PanelSeries => ({
  reader: readerOf(drawn, metric),
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
export const panelLimit = (noun: string, steps: LimitSteps): PanelLimit => ({
  noun,
  steps,
  // Steps say their own reason; this is for the time before the first of them.
  unknownReason: steps.length === 0 ? 'no source names one' : 'nobody had read it yet',
})
