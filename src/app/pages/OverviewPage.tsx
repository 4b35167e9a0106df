import { useNavigate, useRouter } from '@tanstack/react-router'
import { useMemo } from 'react'
import { OverviewScreen } from '#features/overview/OverviewScreen.tsx'
import type { OverviewActions } from '#features/overview/overviewActions.ts'
import { useZone } from '#state/preferences.ts'
import { useAppContext } from '../useAppContext.ts'

/** All organisations, with what can be done with each. */
export function OverviewPage() {
  const { workspace } = useAppContext()
  const navigate = useNavigate()
  const router = useRouter()
  const zone = useZone()
  const actions = useMemo(
    (): OverviewActions => ({
      open: (id) => void navigate({ to: '/org/$orgId/live', params: { orgId: id } }),
      hrefOf: (id) => router.buildLocation({ to: '/org/$orgId/live', params: { orgId: id } }).href,
      signIn: (id) => void workspace.signIn(id),
      tryAgain: (id) => void workspace.tryAgain(id),
      add: () => void navigate({ to: '/connect', search: {} }),
    }),
    [navigate, router, workspace],
  )
  return (
    <OverviewScreen
      board={workspace.standings}
      clock={workspace.now}
      zone={zone}
      actions={actions}
    />
  )
}
