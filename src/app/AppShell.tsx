import { Outlet, useMatch, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useSyncExternalStore } from 'react'
import type { Organisation } from '#domain/organisation.ts'
import { type LiveView, liveViewOf } from '#state/link/liveLink.ts'
import { reviewOfLive, reviewSearchOf, reviewViewOf } from '#state/link/reviewLink.ts'
import { useZone } from '#state/preferences.ts'
import classes from './AppShell.module.css'
import { AppHeader } from './header/AppHeader.tsx'
import { Notices } from './Notices.tsx'
import { SimulatedRibbon } from './SimulatedRibbon.tsx'
import { useAppContext } from './useAppContext.ts'
import { useWorkspaceState } from './useWorkspaceState.ts'

/** Routes that stand alone: the first screen, and the page a login comes back to. */
const BARE = new Set(['/', '/signed-in'])
const SETTINGS = '/settings'
const REVIEW = '/review'

/** The frame of every screen: header, the ribbon of a simulation, notices, and the screen. */
export function AppShell() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  return BARE.has(path) ? <Outlet /> : <Framed />
}

function Framed() {
  const { workspace, blocked } = useAppContext()
  const { organisations, opened, currentId } = useWorkspaceState(workspace)
  const origins = useSyncExternalStore(blocked.subscribe, blocked.origins)
  const navigate = useNavigate()
  const live = useShownLive()
  const zone = useShownZone(live)
  const current = currentId === null ? undefined : opened.get(currentId)
  useTitle(current?.organisation.name)
  const screen = useRouterState({ select: ({ location }) => location.pathname })
  /** The settings show whichever organisation is current; every other screen names its own. */
  const show = ({ id }: Organisation) => {
    if (screen === SETTINGS) void workspace.open(id)
    else if (screen === REVIEW) void navigate({ to: '/review', search: { org: id } })
    else void navigate({ to: '/org/$orgId/live', params: { orgId: id } })
  }
  return (
    <div className={classes.shell}>
      <AppHeader
        organisations={organisations.map(({ organisation }) => organisation)}
        current={current ?? null}
        zone={zone}
        session={{
          expiry: (now) => (current ? workspace.expiry(current.organisation.id, now) : null),
          signIn: () => current && void workspace.signIn(current.organisation.id),
        }}
        review={current ? reviewSearchOf(reviewOfLive(current.organisation.id, live)) : {}}
        onSwitch={show}
        onAdd={() => void navigate({ to: '/' })}
      />
      {current?.organisation.simulation ? (
        <SimulatedRibbon simulation={current.organisation.simulation} />
      ) : null}
      <Notices workspace={workspace} blockedOrigins={origins} />
      <div className={classes.screen}>
        <Outlet />
      </div>
    </div>
  )
}

/** What is on Live; null on every other screen. */
function useShownLive(): LiveView | null {
  const live = useMatch({ from: '/org/$orgId/live', shouldThrow: false })
  return live ? liveViewOf(live.search).view : null
}

/** The zone of clock times: that of the link, else the reader's own. */
function useShownZone(live: LiveView | null): string {
  const own = useZone()
  const review = useMatch({ from: '/review', shouldThrow: false })
  const linked = live ? live.zone : review && reviewViewOf(review.search).view.zone
  return linked ?? own
}

/** Which organisation a tab shows is the first thing to tell among many tabs. */
function useTitle(organisation: string | undefined) {
  useEffect(() => {
    document.title = organisation ? `${organisation} · Tidemark` : 'Tidemark'
    return () => {
      document.title = 'Tidemark'
    }
  }, [organisation])
}
