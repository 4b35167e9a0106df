import type { Metric } from '../metrics/metric.ts'
import type { MetricId } from '../units.ts'
import { isSameKey, type LimitKey } from './limitKey.ts'
import { keyOfMetric } from './limitsInForce.ts'
import type { LimitSettings } from './limitSettings.ts'
import type { LimitRequest } from './registryFact.ts'

/** States in which a requested value may still come into force. */
const OPEN: ReadonlySet<string> = new Set([
  'Open',
  'Pending',
  'SecondaryApprovalNamespacesAdded',
  'ReviewerApproved',
  'Approved',
  'ImplementingChange',
])

/** Whether a request may still change its limit. */
export const isOpenRequest = ({ status }: LimitRequest) => OPEN.has(status)

/** The newest request for a key that is still open; null where there is none. */
export const openRequestFor = (requests: readonly LimitRequest[], key: LimitKey) =>
  requests.findLast((request) => isOpenRequest(request) && isSameKey(request, key)) ?? null

/** By metric, the open request that would change its limit. */
export function pendingLimits(
  requests: readonly LimitRequest[],
  metrics: readonly Metric[],
  settings: LimitSettings,
): ReadonlyMap<MetricId, LimitRequest> {
  const pending = new Map<MetricId, LimitRequest>()
  if (!requests.some(isOpenRequest)) return pending
  for (const metric of metrics) {
    const key = keyOfMetric(metric, settings)
    const request = key && openRequestFor(requests, key)
    if (request) pending.set(metric.id, request)
  }
  return pending
}
