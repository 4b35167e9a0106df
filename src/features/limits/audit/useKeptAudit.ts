import { useEffect, useState } from 'react'
import type { Audit } from '#domain/limits/audit/audit.ts'
import type { EpochMs } from '#domain/units.ts'
import type { AuditDesk } from '#monitor/audits/auditDesk.ts'
import { messageOf } from '#monitor/messageOf.ts'

/** An audit with the one before it, read from what is kept. */
export type KeptAudit =
  | { kind: 'reading' }
  | { kind: 'read'; audit: Audit; before: Audit | null }
  | { kind: 'failed'; reason: string }

/** Reads two audits that are kept; `beforeAt` is null where there is none before. */
export function useKeptAudit(
  load: AuditDesk['load'],
  takenAt: EpochMs,
  beforeAt: EpochMs | null,
): KeptAudit {
  const [kept, setKept] = useState<KeptAudit>({ kind: 'reading' })
  useEffect(() => {
    let isGone = false
    const say = (next: KeptAudit) => {
      if (!isGone) setKept(next)
    }
    Promise.all([load(takenAt), beforeAt === null ? null : load(beforeAt)]).then(
      ([audit, before]) =>
        say(audit ? { kind: 'read', audit, before } : { kind: 'failed', reason: GONE }),
      (error: unknown) => say({ kind: 'failed', reason: messageOf(error) }),
    )
    return () => {
      isGone = true
    }
  }, [load, takenAt, beforeAt])
  return kept
}

const GONE = 'it is kept no more'
