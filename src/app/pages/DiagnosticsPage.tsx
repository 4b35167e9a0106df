import { useEffect, useMemo } from 'react'
import { DiagnosticsScreen } from '#features/diagnostics/DiagnosticsScreen.tsx'
import { orgId } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import { createProbeDesk } from '#monitor/probes/probeDesk.ts'
import { orgSources } from '#sources/config/orgSources.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { createProbeStore } from '#sources/genesys/probes/probeStore.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { localSettings } from '../pageStorage.ts'
import { diagnosticsRoute } from '../router.tsx'
import { MissingOrganisation } from '../standIns.tsx'
import { useAppContext } from '../useAppContext.ts'
import { useWorkspaceState } from '../useWorkspaceState.ts'

const store = createProbeStore(localSettings)
const timer = createPageTimer()

/** Diagnostics of the organisation that its address names. */
export function DiagnosticsPage() {
  const { workspace } = useAppContext()
  const { organisations, opened } = useWorkspaceState(workspace)
  const id = orgId(diagnosticsRoute.useParams().orgId)
  const monitor = opened.get(id)?.monitor
  const config = organisations.find((known) => known.config.id === id)?.config
  const connection = workspace.accessOf(id)?.connection
  if (!monitor || !config || !connection) return <MissingOrganisation id={id} />
  return (
    <MonitorProvider monitor={monitor}>
      <DeskPage
        monitor={monitor}
        config={config}
        connection={connection}
        onSignIn={() => void workspace.signIn(id)}
      />
    </MonitorProvider>
  )
}

type DeskProps = {
  monitor: OrgMonitor
  config: OrganisationConfig
  connection: Connection
  onSignIn: () => void
}

function DeskPage({ monitor, config, connection, onSignIn }: DeskProps) {
  const desk = useMemo(
    () => createProbeDesk({ org: config.id, monitor, connection, store, timer }),
    [config.id, monitor, connection],
  )
  useEffect(() => desk.callOff, [desk])
  const needs = useMemo(() => needsOf(config, connection), [config, connection])
  return <DiagnosticsScreen desk={desk} connection={connection} needs={needs} onSignIn={onSignIn} />
}

/** What each source is documented to need. */
function needsOf(config: OrganisationConfig, connection: Connection) {
  const { sources } = orgSources({ config, connection, feedBearer: () => null })
  return new Map(sources.map(({ id, permissions = [] }) => [id, permissions]))
}
