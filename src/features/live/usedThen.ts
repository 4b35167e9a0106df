import { gapAfterMs } from '#domain/metrics/freshness.ts'
import { usedRatio } from '#domain/metrics/headroom.ts'
import { type LimitSteps, limitAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type EpochMs, elapsed, MINUTE_MS } from '#domain/units.ts'
import type { SeriesStore } from '#monitor/seriesStore.ts'
import { isOfFile } from '#domain/metrics/ofFile.ts'

/** A file has no interval: what lies further apart than this is not of the same moment. */
const FILE_GAP_MS = MINUTE_MS

/** How far a sample speaks for the time after it. */
export const reachMs = (metric: Metric) =>
  metric.intervalMs === null || isOfFile(metric) ? FILE_GAP_MS : gapAfterMs(metric.intervalMs)

/** The sample that holds at an instant; null in a gap, and where the newest one before it is too old. */
export function sampleThen(series: SeriesStore, metric: Metric, at: EpochMs) {
  const sample = series.at(metric.id, at)
  return sample && elapsed(sample.at, at) <= reachMs(metric) ? sample : null
}

/**
 * How much of its limit a metric used when something happened: the higher of the samples around that
 * instant, each against the limit of its time, by the same rule by which refusals are counted at
 * the limit (`stretchesOf`). Null where nothing was measured or no limit was known.
 */
export function usedThen(
  series: SeriesStore,
  metric: Metric,
  limits: LimitSteps,
  at: EpochMs,
): number | null {
  const before = sampleThen(series, metric, at)
  if (!before) return null
  const ratios = [usedRatio(before.value, limitAt(limits, before.at))]
  const nextAt = series.neighbour(metric.id, at, 1)
  if (nextAt !== null && elapsed(before.at, nextAt) <= reachMs(metric)) {
    const next = series.at(metric.id, nextAt)
    if (next) ratios.push(usedRatio(next.value, limitAt(limits, next.at)))
  }
  const known = ratios.filter((ratio) => ratio !== null)
  return known.length > 0 ? Math.max(...known) : null
}
