import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo } from 'react'
import { RaiseScreen } from '#features/raise/RaiseScreen.tsx'
import { epochMs, orgId } from '#domain/units.ts'
import { createLimitsWorker } from '#monitor/limits/limitsWorker.ts'
import { createRaiseDesk } from '#monitor/limits/raiseDesk.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { createPacing } from '#monitor/pacing.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import { type RaiseView, raiseSearchOf, raiseViewOf } from '#state/link/raiseLink.ts'
import { useZone } from '#state/preferences.ts'
import { PastNotice } from '../past/PastNotice.tsx'
import { raiseRoute } from '../router.tsx'
import { MissingOrganisation } from '../standIns.tsx'
import { useAppContext } from '../useAppContext.ts'
import { useWorkspaceState } from '../useWorkspaceState.ts'

const pacing = createPacing({ now: () => epochMs(Date.now()) }, createPageTimer())

/** Before and after a changed limit, with the desk and the view that the address names. */
export function RaisePage() {
  const { workspace } = useAppContext()
  const { opened } = useWorkspaceState(workspace)
  const id = orgId(raiseRoute.useParams().orgId)
  const search = raiseRoute.useSearch()
  const { view, notices } = useMemo(() => raiseViewOf(search), [search])
  const navigate = useNavigate()
  const show = useCallback(
    (next: RaiseView) =>
      void navigate({
        to: '/org/$orgId/raise',
        params: { orgId: id },
        search: raiseSearchOf(next),
        replace: true,
      }),
    [navigate, id],
  )
  const monitor = opened.get(id)?.monitor
  if (!monitor) return <MissingOrganisation id={id} />
  return <Desk key={id} monitor={monitor} view={view} notices={notices} onView={show} />
}

type Props = Pick<Parameters<typeof RaiseScreen>[0], 'view' | 'notices' | 'onView'> & {
  monitor: OrgMonitor
}

function Desk({ monitor, view, ...screen }: Props) {
  const { workspace } = useAppContext()
  const ownZone = useZone()
  const zone = view.zone ?? ownZone
  const { organisation } = monitor.facts()
  const { desk, worker } = useMemo(() => {
    const made = createLimitsWorker()
    return {
      worker: made,
      desk: createRaiseDesk({
        history: workspace.history,
        org: organisation.id,
        now: monitor.now,
        pacing,
        facts: monitor.facts,
        clients: monitor.clients.columns,
        zone,
        worker: made,
      }),
    }
  }, [workspace, organisation.id, monitor, zone])
  useEffect(
    () => () => {
      desk.close()
      worker.close()
    },
    [desk, worker],
  )
  return (
    <RaiseScreen
      {...screen}
      desk={desk}
      view={view}
      organisation={organisation}
      banner={
        <PastNotice
          past={workspace.past}
          org={organisation.id}
          windowAt={() => null}
          clock={monitor.now}
          zone={zone}
          onAgain={desk.readAgain}
        />
      }
    />
  )
}
