import type { Metric } from '../metrics/metric.ts'
import { limitKeyText, type LimitKey } from './limitKey.ts'
import { keyOfMetric } from './limitsInForce.ts'
import type { LimitSettings } from './limitSettings.ts'

/**
 * Which metrics show the use of a key, as assigned or as their source says: those that are watched all the
 * time first, then what the platform records while the key is nearly reached.
 */
export function metricsOfKeys(
  metrics: readonly Metric[],
  settings: Pick<LimitSettings, 'limitKeys'>,
): (key: LimitKey) => readonly Metric[] {
  const byKey = new Map<string, Metric[]>()
  for (const metric of metrics) {
    const key = keyOfMetric(metric, settings)
    if (!key) continue
    const text = limitKeyText(key)
    byKey.set(text, [...(byKey.get(text) ?? []), metric])
  }
  for (const [text, known] of byKey)
    byKey.set(
      text,
      known.toSorted((a, b) => Number(a.intervalMs === null) - Number(b.intervalMs === null)),
    )
  return (key) => byKey.get(limitKeyText(key)) ?? []
}
