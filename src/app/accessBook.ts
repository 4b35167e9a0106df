import type { OrgId } from '#domain/units.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { TabChannel } from '#sources/tabSecret.ts'
import { type Access, createAccess } from './access.ts'

export type AccessBook = ReturnType<typeof createAccessBook>

/** How each organisation is reached: made once, kept until its address or client changes. */
export function createAccessBook(
  channel: TabChannel,
  origin: string,
  /** A sign-in came or went, here or in another tab. */
  signInChanged: (id: OrgId) => void,
) {
  const known = new Map<OrgId, Access>()

  return {
    of(config: OrganisationConfig): Access {
      const before = known.get(config.id)
      if (before) return before
      const created = createAccess(config, channel, origin)
      known.set(config.id, created)
      created.connection.tokens.subscribe(() => signInChanged(config.id))
      return created
    },
    /** Null where nobody asked for it yet. */
    known: (id: OrgId): Access | null => known.get(id) ?? null,
    drop(id: OrgId) {
      known.get(id)?.close()
      known.delete(id)
    },
  }
}
