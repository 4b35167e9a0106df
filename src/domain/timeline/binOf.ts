import type { Metric } from '../metrics/metric.ts'
import { type DurationMs, durationMs, SECOND_MS } from '../units.ts'

/** About as many bins as the plot has pixels. */
export const BINS = 960

/**
 * The time that one place of the crosshair stands for: never finer than samples come, and whole seconds,
 * so that it can be said.
 */
export function binOf(metric: Metric | null, lengthMs: number): DurationMs {
  const pixelMs = Math.ceil(lengthMs / BINS / SECOND_MS) * SECOND_MS
  return durationMs(Math.max(metric?.intervalMs ?? SECOND_MS, pixelMs))
}
