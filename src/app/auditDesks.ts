import type { OrgId } from '#domain/units.ts'
import { type AuditDesk, createAuditDesk } from '#monitor/audits/auditDesk.ts'
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
}

/** A desk for each organisation on watch: its audits go on as long as it is watched. */
export function createAuditDesks({ store, timer, configOf, connectionOf }: Options) {
  const desks = new Map<OrgId, { monitor: OrgMonitor; desk: AuditDesk }>()

  return {
    of: (id: OrgId): AuditDesk | null => desks.get(id)?.desk ?? null,
    /** Hears which organisations are on watch now. */
    follow(opened: ReadonlyMap<OrgId, Watched>) {
      for (const [id, { monitor, desk }] of desks) {
        if (opened.get(id)?.monitor === monitor) continue
        desk.stop()
        desks.delete(id)
      }
      for (const [id, { monitor }] of opened) {
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
    },
  }
}
