import type { Series } from '#domain/series/series.ts'
import type { MetricId, OrgId } from '#domain/units.ts'
import { chunkOf } from './chunk.ts'
import { cutAt, mergedColumns } from './columns.ts'
import type { HistoryDatabase, TailRow } from './historyDb.ts'
import { putDay } from './halfHours.ts'
import { dayOf } from './keyRanges.ts'
import { type DayKey, dayWith, minutesIn, type StoreOf } from './minuteChunks.ts'

type Stores = {
  chunks: StoreOf<'chunks', 'readwrite'>
  minutes: StoreOf<'minutes', 'readwrite'>
  halfHours: StoreOf<'halfHours', 'readwrite'>
}

/**
 * Sorts an organisation's tail into hourly chunks and the minutes of their days, in one transaction:
 * no reader sees it twice or not at all, and two tabs that do it at once do it one after the other.
 */
export async function compact(db: HistoryDatabase, org: OrgId): Promise<void> {
  const tx = db.transaction(['tail', 'chunks', 'minutes', 'halfHours'], 'readwrite')
  const tail = tx.objectStore('tail')
  const stores = {
    chunks: tx.objectStore('chunks'),
    minutes: tx.objectStore('minutes'),
    halfHours: tx.objectStore('halfHours'),
  }
  const [keys, rows] = await Promise.all([
    tail.index('byOrg').getAllKeys(org),
    tail.index('byOrg').getAll(org),
  ])
  const sorted = [...samplesByMetric(rows)].map(async ([metric, samples]) => {
    for (const { start, series } of cutAt(samples, dayOf))
      await sortIn(stores, [org, metric, start], series)
  })
  await Promise.all([...sorted, ...keys.map((key) => tail.delete(key)), tx.done])
}

/** Adds samples of one day to its chunks and to its minutes. */
async function sortIn(stores: Stores, key: DayKey, added: Series) {
  const { chunks, minutes } = stores
  const [org, metric] = key
  const row = await minutes.get([...key])
  const day = await dayWith(chunks, key, row ? minutesIn(row) : null, added)
  await Promise.all([
    putDay(stores, key, day.minutes),
    ...day.hours.map(({ hour, series }) => chunks.put(chunkOf([org, metric, hour], series))),
  ])
}

/** All samples of several lots, by metric; of two for one instant the later lot's. */
export function samplesByMetric(
  rows: readonly Pick<TailRow, 'samples'>[],
): ReadonlyMap<MetricId, Series> {
  const pieces = new Map<MetricId, Series[]>()
  for (const { metric, series } of rows.flatMap(({ samples }) => samples)) {
    const known = pieces.get(metric)
    if (known) known.push(series)
    else pieces.set(metric, [series])
  }
  return new Map([...pieces].map(([metric, parts]) => [metric, mergedColumns(parts)]))
}
