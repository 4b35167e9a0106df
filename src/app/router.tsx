import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { orgId } from '#domain/units.ts'
import { reviewViewOf } from '#state/link/reviewLink.ts'
import { searchOfText, textOfSearch } from '#state/link/searchText.ts'
import { AppShell } from './AppShell.tsx'
import type { BlockedAddresses } from './blockedAddresses.ts'
import { completeInThisWindow } from './signInWindow.ts'
import { FailedScreen, MissingScreen, WaitingScreen } from './standIns.tsx'
import type { Workspace } from './workspace.ts'

/** What every route is given. */
export type RouteContext = {
  workspace: Workspace
  blocked: BlockedAddresses
  /** The query that the login page sent to the redirect address; empty at every other address. */
  answer: string
}

const rootRoute = createRootRouteWithContext<RouteContext>()({ component: AppShell })

export const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  // The list of scenarios belongs to the demo, which no other screen loads.
  loader: async () => (await import('#mocks/scenarios.ts')).SCENARIOS,
  component: lazyRouteComponent(() => import('./pages/StartPage.tsx'), 'StartPage'),
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
    // Where a first sign-in did not work there is no organisation to go back to.
    if (outcome.kind === 'failed' && workspace.abandonConnecting())
      return { ...outcome, returnPath: null }
    if (outcome.kind !== 'signedIn') return outcome
    await workspace.signedIn(outcome.org, outcome.token)
    throw redirect({ href: outcome.returnPath })
  },
  component: lazyRouteComponent(() => import('./pages/SignedInPage.tsx'), 'SignedInPage'),
})

const routeTree = rootRoute.addChildren([
  startRoute,
  liveRoute,
  reviewRoute,
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
