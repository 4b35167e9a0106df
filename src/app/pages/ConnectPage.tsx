import { useNavigate } from '@tanstack/react-router'
import type { OrgId } from '#domain/units.ts'
import { type ConnectActions, ConnectScreen } from '#features/connect/ConnectScreen.tsx'
import { firstDraft } from '#features/connect/connectDraft.ts'
import { type ConnectStep, stepOf } from '#features/connect/connectSteps.ts'
import { useConnectDraft } from '#features/connect/useConnectDraft.ts'
import { redirectUriOf } from '#sources/genesys/access.ts'
import { CONNECT_PROBE, organisationOfDraft } from '../connecting.ts'
import { isFramed } from '../isFramed.ts'
import { tabStorage } from '../pageStorage.ts'
import { connectRoute } from '../router.tsx'
import { twinOf } from '../twinOf.ts'
import { useAppContext } from '../useAppContext.ts'
import { useWorkspaceState } from '../useWorkspaceState.ts'

/** Adding an organisation step by step, with what it needs of the workspace. */
export function ConnectPage() {
  const { workspace, embedding } = useAppContext()
  const { organisations, opened } = useWorkspaceState(workspace)
  const [draft, change] = useConnectDraft(tabStorage, embedding?.domain ?? null)
  const step = stepOf(connectRoute.useSearch()['step'])
  const navigate = useNavigate()
  const id = organisationOfDraft(draft)
  const configs = organisations.map(({ config }) => config)
  const known = configs.find((config) => config.id === id) ?? null

  const goTo = (next: ConnectStep) => void navigate({ to: '/connect', search: { step: next } })
  const open = (org: OrgId) =>
    void navigate({ to: '/org/$orgId/live', params: { orgId: org }, search: {} })
  const actions: ConnectActions = {
    goTo,
    change,
    open,
    signIn: async (request) => {
      const result = await workspace.connect(request, CONNECT_PROBE)
      if (result.kind === 'connected') goTo('probe')
      return result.kind === 'failed' ? result : null
    },
    takeTwin: async (twin) => {
      if (known) await workspace.remove(known.id)
      open(twin)
    },
    another: () => {
      change(firstDraft(embedding?.domain ?? null))
      goTo('region')
    },
  }
  return (
    <ConnectScreen
      step={step}
      draft={draft}
      redirectUri={redirectUriOf(location.origin)}
      embedding={embedding}
      isFramed={isFramed()}
      known={known && { id: known.id, name: known.name }}
      monitor={(known && opened.get(known.id)?.monitor) ?? null}
      twin={known && twinOf(known, configs)}
      actions={actions}
    />
  )
}
