import type { OrgId } from '#domain/units.ts'
import type { AuditDesk } from '#monitor/audits/auditDesk.ts'
import type { Timer } from '#monitor/clock.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { Watched } from '#monitor/watches.ts'
import type { AuditStore } from '#sources/audits/auditStore.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { Connection } from '#sources/genesys/connection.ts'

type Options = {
  store: AuditStore
  timer: Timer
  configOf: (id: OrgId) => OrganisationConfig | null
  connectionOf: (config: OrganisationConfig) => Connection
  /** There are desks that were not there before. */
  changed: () => void
}

/**
 * A desk for each organisation on watch: its audits go on as long as it is watched. The code of audits
 * comes with the first of them.
 */
export function createAuditDesks({ store, timer, configOf, connectionOf, changed }: Options) {
  const desks = new Map<OrgId, { monitor: OrgMonitor; desk: AuditDesk }>()
  let wanted: ReadonlyMap<OrgId, Watched> = new Map()

  return {
    of: (id: OrgId): AuditDesk | null => desks.get(id)?.desk ?? null,
    /** Hears which organisations are on watch now; resolves when they have their desks. */
    async follow(opened: ReadonlyMap<OrgId, Watched>) {
      wanted = opened
      for (const [id, { monitor, desk }] of desks) {
        if (opened.get(id)?.monitor === monitor) continue
        desk.stop()
        desks.delete(id)
      }
      if ([...opened.keys()].every((id) => desks.has(id))) return
      const { createAuditDesk } = await import('#monitor/audits/auditDesk.ts')
      // Others may be on watch by now.
      for (const [id, { monitor }] of wanted) {
        const config = configOf(id)
        if (desks.has(id) || !config) continue
        const desk = createAuditDesk({
          monitor,
          connection: connectionOf(config),
          store,
          timer,
          everyMs: () => configOf(id)?.auditEveryMs ?? null,
          // The build does not name itself.
          tidemark: null,
        })
        desks.set(id, { monitor, desk })
      }
      changed()
    },
  }
}
