import { type ReactNode, useMemo } from 'react'
import { AuditPanel } from '#features/limits/audit/AuditPanel.tsx'
import { DriftPanel } from '#features/limits/audit/DriftPanel.tsx'
import type { OrgId } from '#domain/units.ts'
import { useAppContext } from './useAppContext.ts'
import { useWorkspaceState } from './useWorkspaceState.ts'

/** What the Limits screen of a watched organisation shows of audits; null while it is not watched. */
export function useAuditPanels(id: OrgId): { audit: ReactNode; compare: ReactNode } {
  const { workspace } = useAppContext()
  const { organisations, opened } = useWorkspaceState(workspace)
  const { audits } = workspace
  const compared = useMemo(() => {
    const all = organisations.map(({ config, organisation }) => ({
      id: config.id,
      name: organisation.name,
      // Asked for anew whenever another one is on watch.
      desk: opened.has(config.id) ? audits.deskOf(config.id) : null,
    }))
    return [...all.filter((one) => one.id === id), ...all.filter((one) => one.id !== id)]
  }, [organisations, opened, audits, id])
  const desk = opened.has(id) ? audits.deskOf(id) : null
  const config = organisations.find((known) => known.config.id === id)?.config
  return {
    audit:
      desk && config ? (
        <AuditPanel
          key={id}
          desk={desk}
          everyMs={config.auditEveryMs}
          onEvery={(auditEveryMs) =>
            void workspace.change(id, { auditEveryMs }).then(() => desk.refresh())
          }
        />
      ) : null,
    compare: <DriftPanel key={id} organisations={compared} store={audits.store} />,
  }
}
