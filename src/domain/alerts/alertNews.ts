import type { ErrorEvent } from '../errors/errorEvent.ts'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Series } from '../series/series.ts'
import type { MetricId } from '../units.ts'
import type { Lapse } from './blindness.ts'
import type { LeakLook } from './leakLooks.ts'

/** What is new since the last look, and what is known anyway. */
export type AlertNews = {
  /** Those that should answer: what is off, or absent, is left out. */
  metrics: readonly Metric[]
  /** All that is known of limits. */
  limits: ReadonlyMap<MetricId, LimitSteps>
  /** Each sample once; oldest first within a metric. */
  samples: readonly { metric: MetricId; series: Series }[]
  /** Each event once. */
  errors: readonly ErrorEvent[]
  lapses: readonly Lapse[]
  leaks: readonly LeakLook[]
}
