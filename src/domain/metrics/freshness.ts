import type { DurationMs } from '../units.ts'

/** `stale`: late, the last value is shown as old. `blind`: too late to show it at all. */
export type Freshness = 'fresh' | 'stale' | 'blind'

const STALE_AFTER_INTERVALS = 3
const BLIND_AFTER_INTERVALS = 10

/** From here on a value is too old to be shown. */
export const blindAfterMs = (intervalMs: DurationMs) =>
  (BLIND_AFTER_INTERVALS * intervalMs) as DurationMs

/** How far a value of this age may be trusted when one is expected every `intervalMs`. */
export function freshness(ageMs: DurationMs, intervalMs: DurationMs): Freshness {
  if (ageMs > blindAfterMs(intervalMs)) return 'blind'
  return ageMs > STALE_AFTER_INTERVALS * intervalMs ? 'stale' : 'fresh'
}

/** Two samples further apart than this are not joined by a line: what lies between is not known. */
export const gapAfterMs = (intervalMs: DurationMs) => (2.5 * intervalMs) as DurationMs
