import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { LiveScreen } from '#features/live/LiveScreen.tsx'
import { type LiveView, liveSearchOf, liveViewOf } from '#state/link/liveLink.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { orgId } from '#domain/units.ts'
import { liveRoute } from '../router.tsx'
import { MissingOrganisation } from '../standIns.tsx'
import { useAppContext } from '../useAppContext.ts'
import { useWorkspaceState } from '../useWorkspaceState.ts'

/** Live, with the monitor and the view that its address names. */
export function LivePage() {
  const { workspace } = useAppContext()
  const { opened } = useWorkspaceState(workspace)
  const id = orgId(liveRoute.useParams().orgId)
  const search = liveRoute.useSearch()
  const { view, notices } = useMemo(() => liveViewOf(search), [search])
  const navigate = useNavigate()
  const show = useCallback(
    (next: LiveView) =>
      void navigate({
        to: '/org/$orgId/live',
        params: { orgId: id },
        search: liveSearchOf(next),
        replace: true,
      }),
    [navigate, id],
  )
  const monitor = opened.get(id)?.monitor
  if (!monitor) return <MissingOrganisation id={id} />
  return (
    <MonitorProvider monitor={monitor}>
      <LiveScreen
        key={id}
        view={view}
        onView={show}
        notices={notices}
        onSignIn={() => void workspace.signIn(id)}
      />
    </MonitorProvider>
  )
}
