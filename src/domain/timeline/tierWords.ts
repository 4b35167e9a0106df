import { formatDuration } from '../format.ts'
import { type DurationMs, type EpochMs, HOUR_MS, MINUTE_MS } from '../units.ts'
import { dayAndClock } from './dayAndClock.ts'

/** Which part of a window is shown in steps: what lies before `until`. */
export type Tier = {
  until: EpochMs
  stepMs: DurationMs
  /** Whether its samples are gone, and not only too many to be shown. */
  isPruned: boolean
}

/** A step as words say it: `each minute`, `every 30 min`. */
export function stepWords(stepMs: DurationMs): string {
  if (stepMs === MINUTE_MS) return 'each minute'
  return stepMs === HOUR_MS ? 'each hour' : `every ${formatDuration(stepMs)}`
}

/**
 * What stands in the place of samples in a window that ends at `to`: `lowest and highest of each
 * minute`, `raw from 17 Sep 13:40, before that lowest and highest of every 5 min`.
 */
export function tierWords({ until, stepMs }: Tier, to: EpochMs, zone: string): string {
  const steps = `lowest and highest of ${stepWords(stepMs)}`
  return until >= to ? steps : `raw from ${dayAndClock(until, zone)}, before that ${steps}`
}
