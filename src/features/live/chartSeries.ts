import { gapAfterMs } from '#domain/metrics/freshness.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { SeriesStore } from '#monitor/seriesStore.ts'
import type { PanelLimit, PanelSeries, SeriesStyle } from '#ui/charts/chartData.ts'
import { isOfFile } from './followedMetrics.ts'
import { readerOf } from './metricWindow.ts'

/** Late by three intervals is stale (`freshness`). */
const STALE_AFTER_INTERVALS = 3

/** What a line is called: a file's own count names its file, since there may be several. */
export const lineName = (metric: Metric) =>
  isOfFile(metric) ? `${metric.title}, ${metric.origin}` : metric.title

/**
 * A metric of the store as a line of a chart. A file tells its gaps itself; its samples come as they
 * come, and nothing is late unless it is being followed.
 */
export const panelSeries = (
  series: SeriesStore,
  metric: Metric,
  style: SeriesStyle,
  hasWholePast: boolean,
): PanelSeries => ({
  reader: readerOf(series, metric),
  title: lineName(metric),
  style,
  hasWholePast,
  gapAfterMs:
    metric.intervalMs === null || isOfFile(metric) ? Infinity : gapAfterMs(metric.intervalMs),
  staleAfterMs: metric.intervalMs === null ? Infinity : STALE_AFTER_INTERVALS * metric.intervalMs,
})

/** The limit of a metric as its chart draws it, or says why there is none. */
export const panelLimit = (noun: string, steps: LimitSteps): PanelLimit => ({
  noun,
  steps,
  // Steps say their own reason; this is for the time before the first of them.
  unknownReason: steps.length === 0 ? 'no source names one' : 'nobody had read it yet',
})
