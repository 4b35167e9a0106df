import type { LimitSteps } from '../metrics/limitSteps.ts'
import type { Provenance, Scope } from '../metrics/metric.ts'
import type { Series } from '../series/series.ts'
import type { DurationMs, MetricId } from '../units.ts'

/**
 * A metric as the evidence reads it: its raw samples and the limits they are judged by. Survives
 * `structuredClone`.
 */
export type WatchedSeries = {
  metric: MetricId
  /** As on the screen: `WebSocket connections`. */
  title: string
  provenance: Provenance
  scope: Scope
  /** Raw samples of the window, oldest first; NaN is a gap. */
  series: Series
  /** Every step that holds within the window, with the one in force at its start. */
  limits: LimitSteps
  /** How far apart samples are expected; null where they come as they come (a file). */
  intervalMs: DurationMs | null
}

/** Failures as columns, oldest first: when, and how many equal ones. */
export type FailureColumns = { readonly timeMs: Float64Array; readonly count: Float64Array }
