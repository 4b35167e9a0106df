import type { Thresholds } from './metric.ts'

/** Used ratio from which a value counts as "at the limit" on screens (design §3). */
export const AT_LIMIT_RATIO = 0.98

export type UsageState = 'ok' | 'warn' | 'critical' | 'atLimit' | 'unknown'

/** What is left: limit − value; negative above the limit, null where the limit is unknown. */
export const headroom = (value: number, limit: number | null) =>
  limit === null ? null : limit - value

/**
 * value / limit. Null where the limit is unknown. A limit of 0 allows nothing: it is fully used as
 * soon as anything is in use, and unused at 0.
 */
export function usedRatio(value: number, limit: number | null): number | null {
  if (limit === null || Number.isNaN(value)) return null
  if (limit <= 0) return value > 0 ? 1 : 0
  return value / limit
}

/** The state a value is shown in. */
export function usageState(
  value: number,
  limit: number | null,
  { warnAt, criticalAt }: Thresholds,
): UsageState {
  const ratio = usedRatio(value, limit)
  if (ratio === null) return 'unknown'
  if (ratio >= AT_LIMIT_RATIO) return 'atLimit'
  if (ratio >= criticalAt) return 'critical'
  return ratio >= warnAt ? 'warn' : 'ok'
}
