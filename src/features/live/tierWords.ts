import { formatDuration } from '#domain/format.ts'
import { type DurationMs, type EpochMs, HOUR_MS, MINUTE_MS } from '#domain/units.ts'
import type { Tier } from '#monitor/drawnSeries.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'

/** A step as words say it: `each minute`, `every 30 min`. */
export function stepWords(stepMs: DurationMs): string {
  if (stepMs === MINUTE_MS) return 'each minute'
  return stepMs === HOUR_MS ? 'each hour' : `every ${formatDuration(stepMs)}`
}

/**
 * What stands in the place of samples in a window that ends at `to`: `Lowest and highest of each
 * minute`, `Raw from 17 Sep 13:40, before that lowest and highest of every 5 min`.
 */
export function tierWords({ until, stepMs }: Tier, to: EpochMs, zone: string): string {
  const steps = `owest and highest of ${stepWords(stepMs)}`
  return until >= to ? `L${steps}` : `Raw from ${dayAndClock(until, zone)}, before that l${steps}`
}
