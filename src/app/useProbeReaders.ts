import { useMemo } from 'react'
import type { OrgId } from '#domain/units.ts'
import { feedProbes } from '#sources/feed/feedProbes.ts'
import type { ReportedTo } from '#sources/probe/probeMetrics.ts'
import type { ReadProbes } from '#state/queries/probesQuery.ts'
import { plainContext } from './plainContext.ts'
import { useAppContext } from './useAppContext.ts'
import { useWorkspaceState } from './useWorkspaceState.ts'

const PATIENCE_MS = 10_000

/**
 * How an organisation's connection probes are read: what this tab heard itself, and the recorder behind
 * its feed, as far as there are any. Nobody's login is needed, so a screen with a display key can.
 */
export function useProbeReaders(id: OrgId): Readonly<Record<ReportedTo, ReadProbes | null>> {
  const { workspace } = useAppContext()
  const { organisations, opened } = useWorkspaceState(workspace)
  const config = organisations.find((known) => known.config.id === id)?.config ?? null
  const desk = opened.get(id)?.probes ?? null
  return useMemo(() => {
    const access = config && workspace.accessOf(id)
    const url = config?.feed?.url ?? access?.connection.addresses.feed ?? null
    return {
      tab: desk && (() => Promise.resolve(desk.told())),
      recorder:
        config && access && url !== null
          ? (signal) =>
              feedProbes(
                plainContext(AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])),
                {
                  url,
                  bearer: access.feedBearer.get,
                  organisation: config.feed?.organisation ?? null,
                  alsoKnownAs: [config.id, config.name],
                },
              )
          : null,
    }
  }, [workspace, config, desk, id])
}
