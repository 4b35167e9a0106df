import { type EpochMs, elapsed } from '../units.ts'
import { freshness } from './freshness.ts'
import { type UsageState, usageState } from './headroom.ts'
import type { Metric } from './metric.ts'
import type { SourceNews } from './sourceNews.ts'

/**
 * What a metric's number is worth at present. Beyond how much of its limit is used: `stale` late, `blind`
 * too late to be shown, `off` not asked, `loading` not yet answered.
 */
export type MetricState = UsageState | 'stale' | 'blind' | 'off' | 'loading'

type Known = {
  metric: Metric
  latest: { at: EpochMs; value: number } | null
  /** In force now; null where it is unknown. */
  limit: number | null
  source: SourceNews
  now: EpochMs
}

/** The state in which a metric is shown: an old number is never taken for a new one. */
export function metricState({ metric, latest, limit, source, now }: Known): MetricState {
  if (source.kind === 'off') return 'off'
  if (!latest) return source.kind === 'failing' || source.kind === 'signedOut' ? 'blind' : 'loading'
  const trust =
    metric.intervalMs === null ? 'fresh' : freshness(elapsed(latest.at, now), metric.intervalMs)
  return trust === 'fresh' ? usageState(latest.value, limit, metric.thresholds) : trust
}
