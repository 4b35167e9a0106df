import { useNavigate } from '@tanstack/react-router'
import { SettingsScreen } from '#features/settings/SettingsScreen.tsx'
import { probeFeed } from '#sources/feed/probe.ts'
import { redirectUriOf } from '#sources/genesys/access.ts'
import { plainContext } from '../plainContext.ts'
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
      }))}
      currentId={currentId}
      redirectUri={redirectUriOf(location.origin)}
      actions={{
        show: (id) => void navigate({ to: '/org/$orgId/live', params: { orgId: id } }),
        signIn: (id) => void workspace.signIn(id),
        signOut: workspace.signOut,
        change: workspace.change,
        setFeedBearer: (id, bearer) => workspace.accessOf(id)?.feedBearer.set(bearer),
        checkFeed: (url, bearer) =>
          probeFeed(plainContext(AbortSignal.timeout(CHECK_PATIENCE_MS)), {
            url,
            bearer: () => bearer,
          }),
        remove: workspace.remove,
        clearHistory: workspace.clearHistory,
      }}
    />
  )
}
