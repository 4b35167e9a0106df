import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { LimitsScreen } from '#features/limits/LimitsScreen.tsx'
import { WhatIf } from '#features/limits/whatIf/WhatIf.tsx'
import { DAY_MS, later, type OrgId, orgId } from '#domain/units.ts'
import { orgKeys } from '#monitor/orgKeys.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { type LimitsView, limitsSearchOf, limitsViewOf } from '#state/link/limitsLink.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { useZone } from '#state/preferences.ts'
import { PastNotice } from '../past/PastNotice.tsx'
import { limitsRoute } from '../router.tsx'
import { MissingOrganisation } from '../standIns.tsx'
import { useAppContext } from '../useAppContext.ts'
import { useAuditPanels } from '../useAuditPanels.tsx'
import { useLimitDesks } from '../useLimitDesks.ts'
import { useWorkspaceState } from '../useWorkspaceState.ts'

/** The limits of the organisation that the address names. */
export function LimitsPage() {
  const { workspace } = useAppContext()
  const { opened } = useWorkspaceState(workspace)
  const id = orgId(limitsRoute.useParams().orgId)
  const monitor = opened.get(id)?.monitor
  if (!monitor) return <MissingOrganisation id={id} />
  return <Watched key={id} id={id} monitor={monitor} />
}

/** Its screen, with what that needs of the workspace. */
function Watched({ id, monitor }: { id: OrgId; monitor: OrgMonitor }) {
  const { workspace } = useAppContext()
  const search = limitsRoute.useSearch()
  const { view, notices } = useMemo(() => limitsViewOf(search), [search])
  const navigate = useNavigate()
  const show = useCallback(
    (next: LimitsView) =>
      void navigate({
        to: '/org/$orgId/limits',
        params: { orgId: id },
        search: limitsSearchOf(next),
        replace: true,
      }),
    [navigate, id],
  )
  const { audit, compare } = useAuditPanels(id)
  const { rejudging, whatIf } = useLimitDesks(monitor, workspace.history)
  const zone = useZone()
  const queryClient = useQueryClient()
  return (
    <MonitorProvider monitor={monitor}>
      <LimitsScreen
        view={view}
        onView={show}
        notices={notices}
        history={workspace.history}
        rejudging={rejudging}
        onSettings={({ limitKeys, manualLimits }) =>
          void workspace.change(id, {
            limitKeys: { ...limitKeys },
            manualLimits: [...manualLimits],
          })
        }
        onRaise={(metric, at) =>
          void navigate({
            to: '/org/$orgId/raise',
            params: { orgId: id },
            search: { metric, at: new Date(at).toISOString() },
          })
        }
        panels={{
          audit,
          compare,
          whatIf: <WhatIf desk={whatIf} now={monitor.now} zone={zone} metric={null} />,
        }}
        banner={
          <PastNotice
            past={workspace.past}
            org={id}
            windowAt={() => null}
            clock={monitor.now}
            zone={zone}
            onAgain={() => {
              const now = monitor.now()
              void monitor.loadHistory(later(now, -1 * DAY_MS), now)
              void queryClient.invalidateQueries({ queryKey: orgKeys.onDemand(id, 'weekPeaks') })
            }}
          />
        }
      />
    </MonitorProvider>
  )
}
