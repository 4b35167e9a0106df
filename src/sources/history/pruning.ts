import { stepsTouching } from '#domain/metrics/limitSteps.ts'
import type { Horizons } from '#domain/retention.ts'
import { type EpochMs, HOUR_MS, type OrgId } from '#domain/units.ts'
import type { HistoryDatabase } from './historyDb.ts'
import { blockOf } from './halfHours.ts'
import { beginningWith, dayOf } from './keyRanges.ts'

/** Removes all that is older than its horizon; of limits it keeps the step then in force. */
export async function removeBefore(db: HistoryDatabase, { raw, all }: Horizons): Promise<void> {
  const tx = db.transaction(
    ['chunks', 'minutes', 'halfHours', 'foldedErrors', 'markers', 'limits'],
    'readwrite',
  )
  const limits = tx.objectStore('limits')
  const older = IDBKeyRange.upperBound(all, true)
  const [hours, days, blocks, errors, markers, rows] = await Promise.all([
    tx
      .objectStore('chunks')
      .index('byAge')
      .getAllKeys(IDBKeyRange.upperBound(raw - HOUR_MS)),
    tx
      .objectStore('minutes')
      .index('byAge')
      .getAllKeys(IDBKeyRange.upperBound(dayOf(all), true)),
    tx
      .objectStore('halfHours')
      .index('byAge')
      .getAllKeys(IDBKeyRange.upperBound(blockOf(all), true)),
    tx.objectStore('foldedErrors').index('byAge').getAllKeys(older),
    tx.objectStore('markers').index('byAge').getAllKeys(older),
    limits.getAll(),
  ])
  await Promise.all([
    ...hours.map((key) => tx.objectStore('chunks').delete(key)),
    ...days.map((key) => tx.objectStore('minutes').delete(key)),
    ...blocks.map((key) => tx.objectStore('halfHours').delete(key)),
    ...errors.map((key) => tx.objectStore('foldedErrors').delete(key)),
    ...markers.map((key) => tx.objectStore('markers').delete(key)),
    ...rows.map(async (row) => {
      const steps = stepsTouching(row.steps, all, Infinity as EpochMs)
      if (steps.length < row.steps.length) await limits.put({ ...row, steps })
    }),
    tx.done,
  ])
}

const KEYED_BY_ORGANISATION = [
  'chunks',
  'minutes',
  'halfHours',
  'errors',
  'foldedErrors',
  'markers',
  'metrics',
  'limits',
  'registry',
] as const

/** Removes everything of one organisation. */
export async function removeOrganisation(db: HistoryDatabase, org: OrgId): Promise<void> {
  const tx = db.transaction(['tail', ...KEYED_BY_ORGANISATION], 'readwrite')
  const tail = tx.objectStore('tail')
  const rows = await tail.index('byOrg').getAllKeys(org)
  await Promise.all([
    ...rows.map((key) => tail.delete(key)),
    ...KEYED_BY_ORGANISATION.map((name) => tx.objectStore(name).delete(beginningWith(org))),
    tx.done,
  ])
}
