import { type DBSchema, openDB } from 'idb'
import type { Audit } from '#domain/limits/audit/audit.ts'
import type { AuditSummary } from '#domain/limits/audit/auditSummary.ts'
import { horizonsAt } from '#domain/retention.ts'
import type { EpochMs, OrgId } from '#domain/units.ts'
import { parseAudit } from './auditShape.ts'

/** Where audits outlive the page. Methods reject where the browser keeps nothing. */
export type AuditStore = {
  /** Newest first. */
  list: (org: OrgId) => Promise<readonly AuditSummary[]>
  /** Null where it is kept no more. */
  load: (org: OrgId, takenAt: EpochMs) => Promise<Audit | null>
  newest: (org: OrgId) => Promise<Audit | null>
  /** Keeps one, and lets go of those that are too old or too many. */
  keep: (audit: Audit, summary: AuditSummary) => Promise<void>
  clear: (org: OrgId) => Promise<void>
}

/** A year and a bit of daily ones. */
export const MOST_AUDITS = 400

type AuditKey = [org: string, takenAt: number]

/** A line of the list is read without the audit: four hundred of them are a hundred megabytes. */
interface Audits extends DBSchema {
  audits: { key: AuditKey; value: Audit }
  summaries: { key: AuditKey; value: AuditSummary }
}

const NAME = 'tidemark-audits'

/** Audits in IndexedDB, by organisation and time. */
export const indexedDbAudits: AuditStore = {
  list: (org) => within(async (db) => (await db.getAll('summaries', allOf(org))).toReversed()),
  load: (org, takenAt) =>
    within(async (db) => checked((await db.get('audits', [org, takenAt])) ?? null)),
  newest: (org) =>
    within(async (db) => {
      const reading = db.transaction('audits')
      const cursor = await reading.store.openCursor(allOf(org), 'prev')
      return checked(cursor?.value ?? null)
    }),
  keep: (audit, summary) =>
    within(async (db) => {
      const org = audit.organisation.id
      const writing = db.transaction(['audits', 'summaries'], 'readwrite')
      const audits = writing.objectStore('audits')
      const summaries = writing.objectStore('summaries')
      const key: AuditKey = [org, audit.takenAt]
      await Promise.all([audits.put(audit, key), summaries.put(summary, key)])
      const keys = await summaries.getAllKeys(allOf(org))
      const oldest = horizonsAt(audit.takenAt).all
      const tooMany = keys.slice(0, -MOST_AUDITS)
      const tooOld = keys.filter(([, takenAt]) => takenAt < oldest)
      await Promise.all(
        [...tooMany, ...tooOld].flatMap((old) => [audits.delete(old), summaries.delete(old)]),
      )
      await writing.done
    }),
  clear: (org) =>
    within(async (db) => {
      const writing = db.transaction(['audits', 'summaries'], 'readwrite')
      await Promise.all([
        writing.objectStore('audits').delete(allOf(org)),
        writing.objectStore('summaries').delete(allOf(org)),
        writing.done,
      ])
    }),
}

const allOf = (org: OrgId) => IDBKeyRange.bound([org], [org, []])

/** A newer Tidemark may have written it: what is not understood is not compared with. */
function checked(kept: Audit | null): Audit | null {
  if (kept === null) return null
  const audit = parseAudit(kept)
  if (!audit.ok) throw new Error(`The kept audit cannot be read: ${audit.problem}`)
  return audit.value
}

type Db = Awaited<ReturnType<typeof open>>

/** A connection of its own for each use, so that no tab stands in another's way. */
async function within<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const db = await open()
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

const open = () =>
  openDB<Audits>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore('audits')
      db.createObjectStore('summaries')
    },
  })
