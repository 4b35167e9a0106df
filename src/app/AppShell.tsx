import { Outlet, useMatch, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useSyncExternalStore } from 'react'
import type { Organisation } from '#domain/organisation.ts'
import { type LiveView, liveViewOf } from '#state/link/liveLink.ts'
import { reviewOfLive, reviewSearchOf, reviewViewOf } from '#state/link/reviewLink.ts'
import { useWatchingAll, useZone } from '#state/preferences.ts'
import classes from './AppShell.module.css'
import { AppHeader } from './header/AppHeader.tsx'
import { Notices } from './Notices.tsx'
import { SimulatedRibbon } from './SimulatedRibbon.tsx'
import { useAlertBadge } from './alerts/useAlertBadge.ts'
import { useAppContext } from './useAppContext.ts'
import { useWorkspaceState } from './useWorkspaceState.ts'
import { WithheldNotice } from './WithheldNotice.tsx'
import type { KnownOrganisation } from './workspace.ts'

/** Routes that stand alone: the first screen, the page a login comes back to, the wall. */
const SIGNED_IN = '/signed-in'
const WALL = '/wall'
const BARE = new Set(['/', SIGNED_IN, WALL])
const OVERVIEW = '/organisations'
const SETTINGS = '/settings'
const REVIEW = '/review'

/** The frame of every screen: header, the ribbon of a simulation, notices, and the screen. */
export function AppShell() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const { workspace } = useAppContext()
  const isWatchingAll = useWatchingAll()
  // A window that only brings a sign-in home is about to close.
  const isPassing = path === SIGNED_IN
  // Nobody opens anything on a wall: it watches whatever it can.
  const isWall = path === WALL
  useEffect(() => {
    if (!isPassing) workspace.watchAll(isWatchingAll || isWall)
  }, [workspace, isWatchingAll, isPassing, isWall])
  if (!BARE.has(path)) return <Framed />
  return (
    <>
      <WithheldNotice isSecure={isSecureContext} />
      <Outlet />
    </>
  )
}

function Framed() {
  const { workspace, blocked } = useAppContext()
  const { organisations, opened, currentId } = useWorkspaceState(workspace)
  const origins = useSyncExternalStore(blocked.subscribe, blocked.origins)
  const navigate = useNavigate()
  const live = useShownLive()
  const zone = useShownZone(live)
  const current = currentId === null ? undefined : opened.get(currentId)
  const screen = useRouterState({ select: ({ location }) => location.pathname })
  const isOverview = screen === OVERVIEW
  const titled = isOverview ? 'Organisations' : current?.organisation.name
  useAlertBadge(workspace.alerts, titled ? `${titled} · Tidemark` : 'Tidemark')
  const simulation = isOverview
    ? simulationOfAll(organisations)
    : (current?.organisation.simulation ?? null)
  /** The settings show whichever organisation is current; every other screen names its own. */
  const show = ({ id }: Organisation) => {
    if (screen === SETTINGS) void workspace.open(id)
    else if (screen === REVIEW) void navigate({ to: '/review', search: { org: id } })
    else void navigate({ to: '/org/$orgId/live', params: { orgId: id } })
  }
  return (
    <div className={classes.shell}>
      <AppHeader
        standings={workspace.standings}
        current={current ?? null}
        isOverview={isOverview}
        zone={zone}
        session={{
          expiry: (now) => (current ? workspace.expiry(current.organisation.id, now) : null),
          signIn: () => current && void workspace.signIn(current.organisation.id),
        }}
        review={current ? reviewSearchOf(reviewOfLive(current.organisation.id, live)) : {}}
        onSwitch={show}
        onOverview={() => void navigate({ to: OVERVIEW })}
        onAdd={() => void navigate({ to: '/connect', search: {} })}
      />
      {simulation ? <SimulatedRibbon simulation={simulation} /> : null}
      <Notices workspace={workspace} blockedOrigins={origins} />
      <div className={classes.screen}>
        <Outlet />
      </div>
    </div>
  )
}

/** What the ribbon says over a list of organisations: nothing, unless all of them are simulated. */
const simulationOfAll = (organisations: readonly KnownOrganisation[]) =>
  organisations.length > 0 &&
  organisations.every(({ organisation }) => organisation.simulation !== null)
    ? 'each one of this list'
    : null

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
