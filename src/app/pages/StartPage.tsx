import { useNavigate } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import type { OrgId } from '#domain/units.ts'
import { ConnectForm } from '#features/connect/ConnectForm.tsx'
import { useConnectDraft } from '#features/connect/useConnectDraft.ts'
import { StartScreen } from '#features/start/StartScreen.tsx'
import { redirectUriOf } from '#sources/genesys/access.ts'
import { takeAlong } from '../filesInHand.ts'
import { tabStorage } from '../pageStorage.ts'
import { startRoute } from '../router.tsx'
import { useAppContext } from '../useAppContext.ts'
import { useWorkspaceState } from '../useWorkspaceState.ts'

/** The first screen, with what it needs of the workspace. */
export function StartPage() {
  const { workspace, blocked, embedding } = useAppContext()
  const [blockedOrigin] = useSyncExternalStore(blocked.subscribe, blocked.origins)
  const { organisations, notices } = useWorkspaceState(workspace)
  const scenarios = startRoute.useLoaderData()
  const [draft, change] = useConnectDraft(tabStorage, embedding?.domain ?? null)
  const navigate = useNavigate()
  const show = (id: OrgId) => navigate({ to: '/org/$orgId/live', params: { orgId: id } })
  return (
    <StartScreen
      scenarios={scenarios}
      known={organisations.map(({ organisation }) => organisation)}
      connect={
        <ConnectForm
          draft={draft}
          onDraft={change}
          redirectUri={redirectUriOf(location.origin)}
          embedding={embedding}
          onConnect={async (request) => {
            const result = await workspace.connect(request)
            if (result.kind === 'connected') await show(result.id)
            return result.kind === 'failed' ? result : null
          }}
          onGuide={() => void navigate({ to: '/connect', search: {} })}
        />
      }
      problem={
        blockedOrigin
          ? `${blockedOrigin} is blocked by this page’s policy; start with tidemark serve --connect ${blockedOrigin}.`
          : (notices.at(-1) ?? null)
      }
      onSimulate={async (scenario) => show(await workspace.simulate(scenario))}
      onOpen={({ id }) => void show(id)}
      onFiles={(files) => {
        takeAlong(files)
        void navigate({ to: '/review' })
      }}
    />
  )
}
