import { useMemo } from 'react'
import { pendingLimits } from '#domain/limits/pendingLimits.ts'
import type { LimitRequest } from '#domain/limits/registryFact.ts'
import type { MetricId } from '#domain/units.ts'
import { useOrgFacts } from './useOrgFacts.ts'

/** By metric, the open request that would change its limit. */
export function usePendingLimits(): ReadonlyMap<MetricId, LimitRequest> {
  const { registry, metrics, limitSettings } = useOrgFacts()
  const { requests } = registry
  return useMemo(
    () => pendingLimits(requests, metrics, limitSettings),
    [requests, metrics, limitSettings],
  )
}
