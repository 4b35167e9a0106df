import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type Stretch, stretchesOf } from '#domain/timeline/atLimit.ts'
import { durationMs, type EpochMs, elapsed, SECOND_MS } from '#domain/units.ts'
import type { SeriesStore } from '#monitor/seriesStore.ts'
import { reachMs } from '#domain/metrics/usedThen.ts'

/** Finer than this nothing is resolved: a day at four seconds. */
const MAX_COLUMNS = 21_600

/**
 * The stretches of a window in which a metric was at its limit, below it, or not known. With columns no
 * wider than its interval nothing is lost by downsampling; wider ones move an edge by a column at most.
 */
export function stretchesIn(
  series: SeriesStore,
  metric: Metric,
  limits: LimitSteps,
  from: EpochMs,
  to: EpochMs,
): Stretch[] {
  const lengthMs = elapsed(from, to)
  const columns = Math.ceil(lengthMs / (metric.intervalMs ?? SECOND_MS))
  const count = Math.min(MAX_COLUMNS, Math.max(1, columns))
  const gapAfter = durationMs(Math.max(reachMs(metric), (2 * lengthMs) / count))
  return stretchesOf(series.window(metric.id, from, to, count), limits, gapAfter, from, to)
}
