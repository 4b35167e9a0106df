import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Audit } from '#domain/limits/audit/audit.ts'
import type { OrgId } from '#domain/units.ts'
import type { AuditDesk } from '#monitor/audits/auditDesk.ts'
import { messageOf } from '#monitor/messageOf.ts'
import type { AuditStore } from '#sources/audits/auditStore.ts'

/** An organisation that can be compared; `desk` is null while it is not watched. */
export type Audited = { id: OrgId; name: string; desk: AuditDesk | null }

export type NewestAudits =
  | { kind: 'reading' }
  /** Null for an organisation without any. */
  | { kind: 'read'; audits: ReadonlyMap<OrgId, Audit | null> }
  | { kind: 'failed'; reason: string }

/** The newest audit of each organisation; read again when one of them makes another. */
export function useNewestAudits(
  store: Pick<AuditStore, 'newest'>,
  organisations: readonly Audited[],
): NewestAudits {
  const [newest, setNewest] = useState<NewestAudits>({ kind: 'reading' })
  const subscribe = useCallback(
    (listener: () => void) => {
      const leave = organisations.map(({ desk }) => desk?.subscribe(listener))
      return () => {
        for (const undo of leave) undo?.()
      }
    },
    [organisations],
  )
  const versions = useSyncExternalStore(subscribe, () =>
    organisations.map(({ id, desk }) => `${id} ${desk?.state().audits?.[0]?.takenAt}`).join('\n'),
  )
  useEffect(() => {
    let isGone = false
    const say = (next: NewestAudits) => {
      if (!isGone) setNewest(next)
    }
    Promise.all(
      organisations.map(async (one) => [one.id, await newestOf(store, one)] as const),
    ).then(
      (all) => say({ kind: 'read', audits: new Map(all) }),
      (error: unknown) => say({ kind: 'failed', reason: messageOf(error) }),
    )
    return () => {
      isGone = true
    }
  }, [store, organisations, versions])
  return newest
}

/** A desk also has what the browser did not keep. */
async function newestOf(store: Pick<AuditStore, 'newest'>, { id, desk }: Audited) {
  const takenAt = desk?.state().audits?.[0]?.takenAt
  return desk && takenAt !== undefined ? desk.load(takenAt) : store.newest(id)
}
