import { usedRatio } from '../metrics/headroom.ts'
import { type LimitSteps, limitAt } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { reachMs } from '../metrics/usedThen.ts'
import type { Series } from '../series/series.ts'
import { epochMs, type MetricId } from '../units.ts'

/** For how long no rule on a level could say anything of a metric, and why. */
export type Unjudged = { metric: MetricId; gapMs: number; noLimitMs: number }

/**
 * How much of [from, to) a metric was not measured, and was measured without a known limit. A sample
 * speaks for the time until the next one, where that is not further away than it reaches. O(samples).
 */
export function unjudgedOf(
  metric: Metric,
  { timeMs, value }: Series,
  limits: LimitSteps,
  { from, to }: { from: number; to: number },
): Unjudged {
  const reach = reachMs(metric)
  let measuredMs = 0
  let noLimitMs = 0
  for (let i = 0; i < timeMs.length; i++) {
    const at = timeMs[i]!
    if (Number.isNaN(value[i]) || at >= to) continue
    const nextAt = timeMs[i + 1] ?? Infinity
    const until = nextAt - at <= reach ? nextAt : at + reach
    const lengthMs = Math.max(0, Math.min(until, to) - Math.max(at, from))
    measuredMs += lengthMs
    if (usedRatio(value[i]!, limitAt(limits, epochMs(at))) === null) noLimitMs += lengthMs
  }
  return { metric: metric.id, gapMs: Math.max(0, to - from - measuredMs), noLimitMs }
}
