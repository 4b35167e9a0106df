import { useNavigate } from '@tanstack/react-router'
import { SettingsScreen } from '#features/settings/SettingsScreen.tsx'
import { tryQuery } from '#sources/config/tryQuery.ts'
import { probeFeed } from '#sources/feed/probe.ts'
import { redirectUriOf } from '#sources/genesys/access.ts'
import { probePrometheus } from '#sources/history/prometheus/probePrometheus.ts'
import { plainContext } from '../plainContext.ts'
import { queueListing } from '../queueListing.ts'
import { useAppContext } from '../useAppContext.ts'
import { useWorkspaceState } from '../useWorkspaceState.ts'

const CHECK_PATIENCE_MS = 10_000

/** The settings, with what they need of the workspace. */
export function SettingsPage() {
  const { workspace } = useAppContext()
  const { organisations, opened, currentId } = useWorkspaceState(workspace)
  const navigate = useNavigate()
  return (
    <SettingsScreen
      organisations={organisations.map(({ config, organisation }) => ({
        config,
        organisation,
        monitor: opened.get(config.id)?.monitor ?? null,
        expiry: (now) => workspace.expiry(config.id, now),
        feedBearer: workspace.accessOf(config.id)?.feedBearer.get() ?? null,
        probes: opened.get(config.id)?.probes ?? null,
      }))}
      currentId={currentId}
      redirectUri={redirectUriOf(location.origin)}
      actions={{
        show: (id) => void navigate({ to: '/org/$orgId/live', params: { orgId: id } }),
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
