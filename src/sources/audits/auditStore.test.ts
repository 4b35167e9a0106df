import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, test } from 'vitest'
import { auditSummary } from '#domain/limits/audit/auditSummary.ts'
import { DAY_MS, later, MINUTE_MS, type OrgId, orgId } from '#domain/units.ts'
import { AUDITED_AT, someAudit } from '#testing/someAudit.ts'
import { indexedDbAudits, MOST_AUDITS } from './auditStore.ts'

const KEY = { namespace: 'usage', key: 'exports.max' }

const auditOn = (day: number, organisationName: string) =>
  someAudit({
    organisationName,
    takenAt: later(AUDITED_AT, day * DAY_MS),
    told: [{ ...KEY, value: day }],
  })
/** As many audits as given, a minute apart before the first day. */
async function fill(org: OrgId, count: number) {
  const db = await openDB('tidemark-audits')
  const writing = db.transaction(['audits', 'summaries'], 'readwrite')
  for (let i = 1; i <= count; i++) {
    const takenAt = later(AUDITED_AT, -i * MINUTE_MS)
    const audit = someAudit({ takenAt })
    void writing.objectStore('audits').put(audit, [org, takenAt])
    void writing.objectStore('summaries').put(auditSummary(audit, null), [org, takenAt])
  }
  await writing.done
  db.close()
}
const keep = (audit: ReturnType<typeof someAudit>) =>
  indexedDbAudits.keep(audit, auditSummary(audit, null))

test('an audit comes back as it was kept, the newest first in the list', async () => {
  const [first, second] = [auditOn(0, 'Two'), auditOn(1, 'Two')]
  await keep(first)
  await keep(second)
  const org = orgId('two')
  expect(await indexedDbAudits.load(org, first.takenAt)).toEqual(first)
  expect(await indexedDbAudits.newest(org)).toEqual(second)
  expect((await indexedDbAudits.list(org)).map(({ takenAt }) => takenAt)).toEqual([
    second.takenAt,
    first.takenAt,
  ])
})

test('one organisation does not see the audits of another, whose id begins like its own', async () => {
  await keep(auditOn(0, 'Org'))
  await keep(auditOn(1, 'Org2'))
  expect(await indexedDbAudits.list(orgId('org'))).toHaveLength(1)
  await indexedDbAudits.clear(orgId('org'))
  expect(await indexedDbAudits.list(orgId('org'))).toEqual([])
  expect(await indexedDbAudits.newest(orgId('org'))).toBeNull()
  expect(await indexedDbAudits.list(orgId('org2'))).toHaveLength(1)
})

test('an audit of thirteen months ago is let go, and so is every one beyond four hundred', async () => {
  const org = orgId('many')
  await keep(auditOn(-397, 'Many'))
  await keep(auditOn(-395, 'Many'))
  await keep(auditOn(0, 'Many'))
  expect(await indexedDbAudits.list(org)).toHaveLength(2)
  await fill(org, MOST_AUDITS)
  await keep(auditOn(1, 'Many'))
  const kept = await indexedDbAudits.list(org)
  expect(kept).toHaveLength(MOST_AUDITS)
  expect(kept[0]!.takenAt).toBe(later(AUDITED_AT, DAY_MS))
  expect(await indexedDbAudits.load(org, later(AUDITED_AT, -395 * DAY_MS))).toBeNull()
})

test('what a newer Tidemark kept is refused with its version', async () => {
  const audit = auditOn(0, 'Newer')
  await keep(audit)
  const db = await openDB('tidemark-audits')
  await db.put('audits', { ...audit, version: 2 }, [audit.organisation.id, audit.takenAt])
  db.close()
  await expect(indexedDbAudits.newest(audit.organisation.id)).rejects.toThrow(/version 2.*newer/)
})
