import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { type OrgId, orgId } from '#domain/units.ts'
import type { Embedding } from '#sources/genesys/embedding.ts'
import { reviewViewOf } from '#state/link/reviewLink.ts'
import { searchOfText, textOfSearch } from '#state/link/searchText.ts'
import { AppShell } from './AppShell.tsx'
import type { BlockedAddresses } from './blockedAddresses.ts'
import { CONNECT_PROBE, connectingId } from './connecting.ts'
import { tabStorage } from './pageStorage.ts'
import { SCREEN_PATH, WALL_PATH } from './screens/takeScreenKey.ts'
import { completeInThisWindow } from './signInWindow.ts'
import { FailedScreen, MissingScreen, WaitingScreen } from './standIns.tsx'
import type { Workspace } from './workspace.ts'

/** What every route is given. */
export type RouteContext = {
  workspace: Workspace
  blocked: BlockedAddresses
  /** What Genesys Cloud said when it opened this page in a frame. */
  embedding: Embedding | null
  /** The query that the login page sent to the redirect address; empty at every other address. */
  answer: string
  /** The display key that the address brought; null where it brought none. */
  screenKey: string | null
}

const rootRoute = createRootRouteWithContext<RouteContext>()({ component: AppShell })

export const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  // The list of scenarios belongs to the demo, which no other screen loads.
  loader: async () => (await import('#mocks/scenarios.ts')).SCENARIOS,
  component: lazyRouteComponent(() => import('./pages/StartPage.tsx'), 'StartPage'),
})

export const connectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connect',
  validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
  loaderDeps: ({ search }) => ({ step: search['step'] }),
  // The probe is the organisation's own monitor at work: it is on watch from here on.
  loader: ({ deps, context: { workspace } }) => {
    const id = deps.step === 'probe' ? connectingId(tabStorage) : null
    return id === null ? null : workspace.open(id)
  },
  component: lazyRouteComponent(() => import('./pages/ConnectPage.tsx'), 'ConnectPage'),
})

export const liveRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/org/$orgId/live',
  validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
  loader: ({ params, context }) => context.workspace.open(orgId(params.orgId)),
  component: lazyRouteComponent(() => import('./pages/LivePage.tsx'), 'LivePage'),
})

export const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review',
  validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
  loaderDeps: ({ search }) => ({ org: reviewViewOf(search).view.org }),
  loader: ({ deps, context }) => (deps.org === null ? null : context.workspace.open(deps.org)),
  component: lazyRouteComponent(() => import('./pages/ReviewPage.tsx'), 'ReviewPage'),
})

export const limitsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/org/$orgId/limits',
  validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
  loader: ({ params, context }) => context.workspace.open(orgId(params.orgId)),
  component: lazyRouteComponent(() => import('./pages/LimitsPage.tsx'), 'LimitsPage'),
})

export const raiseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/org/$orgId/raise',
  validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
  loader: ({ params, context }) => context.workspace.open(orgId(params.orgId)),
  component: lazyRouteComponent(() => import('./pages/RaisePage.tsx'), 'RaisePage'),
})

export const diagnosticsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/org/$orgId/diagnostics',
  loader: ({ params, context }) => context.workspace.open(orgId(params.orgId)),
  component: lazyRouteComponent(() => import('./pages/DiagnosticsPage.tsx'), 'DiagnosticsPage'),
})

const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organisations',
  component: lazyRouteComponent(() => import('./pages/OverviewPage.tsx'), 'OverviewPage'),
})

export const screenRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: SCREEN_PATH,
  loader: async ({ context: { workspace, screenKey } }) => {
    const { openScreen } = await import('./screens/openScreen.ts')
    const known = (id: OrgId) =>
      workspace.state().organisations.find(({ config }) => config.id === id)?.config ?? null
    const screen = await openScreen(screenKey, location.origin, known)
    if (screen.kind === 'refused' || screenKey === null) return screen
    await workspace.showScreen(screen.organisations, screenKey)
    const [only, ...others] = screen.organisations
    throw others.length === 0 && only
      ? redirect({ to: '/org/$orgId/live', params: { orgId: only.id } })
      : redirect({ to: '/organisations' })
  },
  component: lazyRouteComponent(() => import('./pages/ScreenPage.tsx'), 'ScreenPage'),
})

export const wallRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: WALL_PATH,
  validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
  // The key may open nothing yet, e.g. while the recorder starts: the wall tries again by itself.
  loader: async ({ context: { workspace, screenKey } }) => {
    if (screenKey === null) return null
    const { openScreen } = await import('./screens/openScreen.ts')
    const known = (id: OrgId) =>
      workspace.state().organisations.find(({ config }) => config.id === id)?.config ?? null
    const screen = await openScreen(screenKey, location.origin, known)
    if (screen.kind === 'opened') await workspace.showScreen(screen.organisations, screenKey)
    return screen
  },
  component: lazyRouteComponent(() => import('./pages/WallPage.tsx'), 'WallPage'),
})

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/SettingsPage.tsx'), 'SettingsPage'),
})

export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signed-in',
  loader: async ({ context: { workspace, answer } }) => {
    const outcome = await completeInThisWindow(answer)
    if (outcome.kind === 'delivered') window.close()
    // Where a first sign-in did not work there is no organisation to go back to, only the steps.
    if (outcome.kind === 'failed' && workspace.abandonConnecting())
      return { ...outcome, returnPath: outcome.returnPath === CONNECT_PROBE ? CONNECT_PROBE : null }
    if (outcome.kind !== 'signedIn') return outcome
    await workspace.signedIn(outcome.org, outcome.token)
    throw redirect({ href: outcome.returnPath })
  },
  component: lazyRouteComponent(() => import('./pages/SignedInPage.tsx'), 'SignedInPage'),
})

const routeTree = rootRoute.addChildren([
  startRoute,
  overviewRoute,
  connectRoute,
  liveRoute,
  reviewRoute,
  limitsRoute,
  raiseRoute,
  diagnosticsRoute,
  screenRoute,
  wallRoute,
  settingsRoute,
  signedInRoute,
])

/** The addresses of the app and the screens behind them. */
export const createAppRouter = (context: RouteContext) =>
  createRouter({
    routeTree,
    context,
    parseSearch: searchOfText,
    stringifySearch: textOfSearch,
    defaultPendingComponent: WaitingScreen,
    defaultErrorComponent: FailedScreen,
    defaultNotFoundComponent: MissingScreen,
  })

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
