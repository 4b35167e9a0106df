import type { Metric } from '../metrics/metric.ts'
import { panelPlan } from '../metrics/panelPlan.ts'

/**
 * Whether anybody can be known to have tried and failed at the limit of a metric: feeds and clients tell
 * of attempts to connect to the organisation. How many calls were wanted nobody counts, and attempts to connect say
 * nothing of it.
 */
export const hasAttempts = ({ group, scope }: Metric) =>
  group === 'connections' && scope === 'organisation'

/** The metric that counts the attempts at another one's limit; null where there is none. */
export const attemptsAt = (metric: Metric, metrics: readonly Metric[]): Metric | null =>
  hasAttempts(metric) ? panelPlan(metrics, null).attempts : null
