import { type EpochMs, elapsed, MINUTE_MS, type MetricId } from '../units.ts'
import { gapAfterMs } from './freshness.ts'
import { usedRatio } from './headroom.ts'
import { type LimitSteps, limitAt } from './limitSteps.ts'
import type { Metric } from './metric.ts'
import { isOfFile } from './ofFile.ts'

/** Where samples are read from: a store of them, or what charts draw. */
export type SampleReader = {
  /** The newest sample at or before an instant; null in a gap. */
  at: (metric: MetricId, at: EpochMs) => { at: EpochMs; value: number } | null
  /** The instant so many samples away; null past the ends. */
  neighbour: (metric: MetricId, at: EpochMs, steps: number) => EpochMs | null
}

/** A file has no interval: what lies further apart than this is not of the same moment. */
const FILE_GAP_MS = MINUTE_MS

/** How far a sample speaks for the time after it. */
export const reachMs = (metric: Metric) =>
  metric.intervalMs === null || isOfFile(metric) ? FILE_GAP_MS : gapAfterMs(metric.intervalMs)

/** The sample that holds at an instant; null in a gap, and where the newest one before it is too old. */
export function sampleThen(series: SampleReader, metric: Metric, at: EpochMs) {
  const sample = series.at(metric.id, at)
  return sample && elapsed(sample.at, at) <= reachMs(metric) ? sample : null
}

/**
 * How much of its limit a metric used when something happened: the higher of the samples around that
 * instant, each against the limit of its time, by the same rule by which refusals are counted at
 * the limit (`stretchesOf`). Null where nothing was measured or no limit was known.
 */
export function usedThen(
  series: SampleReader,
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
