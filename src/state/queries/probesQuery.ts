import { queryOptions } from '@tanstack/react-query'
import { type EpochMs, type OrgId, SECOND_MS } from '#domain/units.ts'
import { orgKeys } from '#monitor/orgKeys.ts'
import type { ReportedTo } from '#sources/probe/probeMetrics.ts'
import type { ProbesTold } from '#sources/probe/probesTold.ts'

/** Asks how connection probes do; null where there is nobody who knows. */
export type ReadProbes = (signal: AbortSignal) => Promise<ProbesTold | null>

/** What looks forgotten changes as often as probes report: every ten seconds. */
export const PROBES_EVERY_MS = 15 * SECOND_MS

/** What connection probes found, for as long as somebody looks at it. */
export const probesQuery = (
  org: OrgId,
  reportedTo: ReportedTo,
  read: ReadProbes,
  now: () => EpochMs,
) =>
  queryOptions({
    queryKey: orgKeys.onDemand(org, 'probes', reportedTo),
    queryFn: async ({ signal }) => ({ told: await read(signal), at: now() }),
    staleTime: PROBES_EVERY_MS,
    refetchInterval: PROBES_EVERY_MS,
    retry: false,
    networkMode: 'always',
  })
