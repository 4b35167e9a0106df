import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { AlertLine } from '#features/live/alerts/AlertLine.tsx'
import { AlertsPane } from '#features/live/alerts/AlertsPane.tsx'
import { LeftOpen } from '#features/live/leftOpen/LeftOpen.tsx'
import { LiveScreen } from '#features/live/LiveScreen.tsx'
import { type LiveView, liveSearchOf, liveViewOf } from '#state/link/liveLink.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { useZone } from '#state/preferences.ts'
import { DAY_MS, type EpochMs, epochMs, later, orgId } from '#domain/units.ts'
import { tellingOf } from '../alerts/tellingOf.ts'
import { PastNotice } from '../past/PastNotice.tsx'
import { liveRoute } from '../router.tsx'
import { MissingOrganisation } from '../standIns.tsx'
import { useAppContext } from '../useAppContext.ts'
import { useProbeReaders } from '../useProbeReaders.ts'
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
  const zone = useZone()
  const probeReaders = useProbeReaders(id)
  const watched = opened.get(id)
  const monitor = watched?.monitor
  if (!monitor) return <MissingOrganisation id={id} />
  const windowAt = (now: EpochMs) =>
    view.window.kind === 'absolute'
      ? view.window
      : { from: later(now, -1 * view.window.lengthMs), to: now }
  const alerts = watched.alerts ?? null
  const shownZone = view.zone ?? zone
  const showWindow = ({ from, to }: { from: EpochMs; to: EpochMs }) =>
    show({ ...view, window: { kind: 'absolute', from, to }, at: null })
  /** Of a window that moves at least the last day, as it was read when the watch began. */
  const readAgain = () => {
    const { from, to } = windowAt(monitor.now())
    const isFixed = view.window.kind === 'absolute'
    void monitor.loadHistory(isFixed ? from : epochMs(Math.min(from, to - DAY_MS)), to)
  }
  return (
    <MonitorProvider monitor={monitor}>
      <LiveScreen
        key={id}
        view={view}
        onView={show}
        notices={notices}
        onSignIn={() => void workspace.signIn(id)}
        below={
          <>
            <LeftOpen readers={probeReaders} />
            {alerts ? (
              <AlertsPane
                desk={alerts}
                zone={shownZone}
                telling={tellingOf(workspace.chime)}
                onShow={showWindow}
              />
            ) : null}
          </>
        }
        banner={
          <>
            {alerts ? <AlertLine desk={alerts} zone={shownZone} onShow={showWindow} /> : null}
            <PastNotice
              past={workspace.past}
              org={id}
              windowAt={windowAt}
              clock={monitor.now}
              zone={shownZone}
              onAgain={readAgain}
            />
          </>
        }
      />
    </MonitorProvider>
  )
}
