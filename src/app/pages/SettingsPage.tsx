import { useNavigate, useRouter } from '@tanstack/react-router'
import type { EpochMs, OrgId } from '#domain/units.ts'
import { SettingsScreen } from '#features/settings/SettingsScreen.tsx'
import { tryQuery } from '#sources/config/tryQuery.ts'
import { probeFeed } from '#sources/feed/probe.ts'
import { redirectUriOf } from '#sources/genesys/access.ts'
import { probePrometheus } from '#sources/history/prometheus/probePrometheus.ts'
import { DEFAULT_LIVE_VIEW, liveSearchOf } from '#state/link/liveLink.ts'
import { plainContext } from '../plainContext.ts'
import { queueListing } from '../queueListing.ts'
import { useAppContext } from '../useAppContext.ts'
import { useBacktestDesk } from '../useBacktestDesk.ts'
import { useWorkspaceState } from '../useWorkspaceState.ts'

const CHECK_PATIENCE_MS = 10_000

/** The settings, with what they need of the workspace. */
export function SettingsPage() {
  const { workspace } = useAppContext()
  const { organisations, opened, currentId } = useWorkspaceState(workspace)
  const navigate = useNavigate()
  const router = useRouter()
  const backtest = useBacktestDesk(
    currentId === null ? null : (opened.get(currentId)?.monitor ?? null),
    workspace.history,
  )
  return (
    <SettingsScreen
      organisations={organisations.map(({ config, organisation }) => ({
        config,
        organisation,
        monitor: opened.get(config.id)?.monitor ?? null,
        expiry: (now) => workspace.expiry(config.id, now),
        feedBearer: workspace.accessOf(config.id)?.feedBearer.get() ?? null,
        probes: opened.get(config.id)?.probes ?? null,
        backtest: config.id === currentId ? backtest : null,
      }))}
      currentId={currentId}
      redirectUri={redirectUriOf(location.origin)}
      actions={{
        show: (id) => void navigate({ to: '/org/$orgId/live', params: { orgId: id } }),
        showWindow: (id, window) => void navigate(windowOf(id, window)),
        windowHref: (id, window) => router.buildLocation(windowOf(id, window)).href,
        diagnose: (id) => void navigate({ to: '/org/$orgId/diagnostics', params: { orgId: id } }),
        signIn: (id) => void workspace.signIn(id),
        signOut: workspace.signOut,
        change: workspace.change,
        setFeedBearer: (id, bearer) => workspace.accessOf(id)?.feedBearer.set(bearer),
        checkFeed: (url, bearer) =>
          probeFeed(plainContext(AbortSignal.timeout(CHECK_PATIENCE_MS)), {
            url,
            bearer: () => bearer,
          }),
        checkPrometheus: (url) =>
          probePrometheus(plainContext(AbortSignal.timeout(CHECK_PATIENCE_MS)), url),
        tryQuery: (url, query) =>
          tryQuery(plainContext(AbortSignal.timeout(CHECK_PATIENCE_MS)), url, query),
        readQueues: async (id) => {
          const monitor = opened.get(id)?.monitor
          const access = workspace.accessOf(id)
          return monitor && access
            ? queueListing(monitor, access.connection)
            : { kind: 'fails', problem: 'This organisation is not watched at present.' }
        },
        remove: workspace.remove,
        importSettings: workspace.importSettings,
        clearHistory: workspace.clearHistory,
      }}
    />
  )
}

const windowOf = (id: OrgId, { from, to }: { from: EpochMs; to: EpochMs }) =>
  ({
    to: '/org/$orgId/live',
    params: { orgId: id },
    search: liveSearchOf({ ...DEFAULT_LIVE_VIEW, window: { kind: 'absolute', from, to } }),
  }) as const
