import type { IDBPObjectStore, StoreNames } from 'idb'
import { withLimitStep } from '#domain/metrics/limitSteps.ts'
import type { Observation } from '#domain/observation.ts'
import type { Series } from '#domain/series/series.ts'
import { type EpochMs, HOUR_MS, type MetricId, type OrgId } from '#domain/units.ts'
import { mergedColumns } from './columns.ts'
import type { HistoryDatabase, HistorySchema } from './historyDb.ts'
import {
  createHistoryRecord,
  errorIdentity,
  type HistoryRecord,
  stepsTouching,
} from './historyRecord.ts'

/** Every key that begins with the given parts: an array sorts after any string or number. */
const beginningWith = (...parts: (string | number)[]) => IDBKeyRange.bound(parts, [...parts, []])

const hourOf = (at: number) => (Math.floor(at / HOUR_MS) * HOUR_MS) as EpochMs

/** Writes what one flush brought, all of it or nothing. */
export async function append(
  db: HistoryDatabase,
  org: OrgId,
  { metrics, samples, limits, errors, markers }: Observation,
  removedMarkers: readonly string[],
): Promise<void> {
  const tx = db.transaction(['tail', 'errors', 'markers', 'metrics', 'limits'], 'readwrite')
  const stores = {
    limits: tx.objectStore('limits'),
    metrics: tx.objectStore('metrics'),
    errors: tx.objectStore('errors'),
    markers: tx.objectStore('markers'),
  }
  const requests: Promise<unknown>[] = [
    ...metrics.map((metric) => stores.metrics.put({ org, id: metric.id, metric })),
    ...errors.map((event) =>
      stores.errors.put({ org, at: event.at, identity: errorIdentity(event), event }),
    ),
    ...markers.map((marker) => stores.markers.put({ org, id: marker.id, at: marker.at, marker })),
    ...removedMarkers.map((id) => stores.markers.delete([org, id])),
    ...[...new Set(limits.map(({ metric }) => metric))].map(async (metric) => {
      const known = (await stores.limits.get([org, metric]))?.steps ?? []
      const steps = limits
        .filter((limit) => limit.metric === metric)
        .reduce((all, { step }) => withLimitStep(all, step), known)
      if (steps !== known) await stores.limits.put({ org, metric, steps })
    }),
  ]
  if (samples.length > 0) requests.push(tx.objectStore('tail').add({ org, samples }))
  await Promise.all([...requests, tx.done])
}

/**
 * Sorts an organisation's tail into hourly chunks, in one transaction: no reader sees it twice or
 * not at all.
 */
export async function compact(db: HistoryDatabase, org: OrgId): Promise<void> {
  const tx = db.transaction(['tail', 'chunks'], 'readwrite')
  const tail = tx.objectStore('tail')
  const chunks = tx.objectStore('chunks')
  const [keys, rows] = await Promise.all([
    tail.index('byOrg').getAllKeys(org),
    tail.index('byOrg').getAll(org),
  ])
  const pieces = new Map<MetricId, Series[]>()
  for (const { metric, series } of rows.flatMap(({ samples }) => samples))
    pieces.set(metric, [...(pieces.get(metric) ?? []), series])
  const requests = [...pieces].flatMap(([metric, parts]) =>
    hoursOf(mergedColumns(parts)).map(async ({ hour, series }) => {
      const known = await chunks.get([org, metric, hour])
      const { timeMs, value } = mergedColumns(known ? [known, series] : [series])
      await chunks.put({ org, metric, hour, timeMs, value })
    }),
  )
  await Promise.all([...requests, ...keys.map((key) => tail.delete(key)), tx.done])
}

/** A series cut at full hours. */
function hoursOf({ timeMs, value }: Series): { hour: EpochMs; series: Series }[] {
  const hours: { hour: EpochMs; series: Series }[] = []
  let start = 0
  for (let end = 1; end <= timeMs.length; end += 1) {
    const hour = hourOf(timeMs[start]!)
    if (end < timeMs.length && hourOf(timeMs[end]!) === hour) continue
    hours.push({
      hour,
      series: { timeMs: timeMs.slice(start, end), value: value.slice(start, end) },
    })
    start = end
  }
  return hours
}

type ErrorStore = IDBPObjectStore<HistorySchema, StoreNames<HistorySchema>[], 'errors'>

/**
 * The newest rows between two keys: a flood of errors must not fill the memory of the page that
 * reads it.
 */
async function newestErrors(store: ErrorStore, from: unknown[], to: unknown[], most: number) {
  const all = IDBKeyRange.bound(from, to)
  if ((await store.count(all)) <= most) return store.getAll(all)
  const newest = await store.openKeyCursor(all, 'prev')
  const oldestRead = await newest?.advance(most - 1)
  return store.getAll(oldestRead ? IDBKeyRange.bound(oldestRead.key, to) : all)
}

/**
 * Everything of an organisation that may touch [from, to], as a record to which more can be added.
 */
export async function readRecord(
  db: HistoryDatabase,
  org: OrgId,
  from: EpochMs,
  to: EpochMs,
  mostErrors: number,
): Promise<HistoryRecord> {
  const tx = db.transaction(['chunks', 'tail', 'errors', 'markers', 'metrics', 'limits'])
  const [chunks, tail, errors, markers, metrics, limits] = await Promise.all([
    tx
      .objectStore('chunks')
      .index('byHour')
      .getAll(IDBKeyRange.bound([org, hourOf(from)], [org, to])),
    tx.objectStore('tail').index('byOrg').getAll(org),
    newestErrors(tx.objectStore('errors'), [org, from], [org, to, []], mostErrors),
    tx.objectStore('markers').getAll(beginningWith(org)),
    tx.objectStore('metrics').getAll(beginningWith(org)),
    tx.objectStore('limits').getAll(beginningWith(org)),
    tx.done,
  ])
  const record = createHistoryRecord()
  record.add({
    metrics: metrics.map(({ metric }) => metric),
    samples: [
      ...chunks.map(({ metric, timeMs, value }) => ({ metric, series: { timeMs, value } })),
      ...tail.flatMap(({ samples }) => samples),
    ],
    limits: limits.flatMap(({ metric, steps }) => steps.map((step) => ({ metric, step }))),
    errors: errors.map(({ event }) => ({ ...event, place: event.place ?? 'unknown' })),
    markers: markers.map(({ marker }) => marker),
    clients: [],
  })
  return record
}

/** Removes all that ended before an instant; of limits it keeps the step then in force. */
export async function removeBefore(db: HistoryDatabase, at: EpochMs): Promise<void> {
  for (const org of new Set((await db.getAll('tail')).map((row) => row.org))) await compact(db, org)
  const tx = db.transaction(['chunks', 'errors', 'markers', 'limits'], 'readwrite')
  const limits = tx.objectStore('limits')
  const older = IDBKeyRange.upperBound(at, true)
  const keys = await Promise.all([
    tx
      .objectStore('chunks')
      .index('byAge')
      .getAllKeys(IDBKeyRange.upperBound(at - HOUR_MS)),
    tx.objectStore('errors').index('byAge').getAllKeys(older),
    tx.objectStore('markers').index('byAge').getAllKeys(older),
  ])
  const rows = await limits.getAll()
  await Promise.all([
    ...keys[0].map((key) => tx.objectStore('chunks').delete(key)),
    ...keys[1].map((key) => tx.objectStore('errors').delete(key)),
    ...keys[2].map((key) => tx.objectStore('markers').delete(key)),
    ...rows.map(async (row) => {
      const steps = stepsTouching(row.steps, at, Infinity as EpochMs)
      if (steps.length < row.steps.length) await limits.put({ ...row, steps })
    }),
    tx.done,
  ])
}

/** Removes everything of one organisation. */
export async function removeOrganisation(db: HistoryDatabase, org: OrgId): Promise<void> {
  const tx = db.transaction(
    ['chunks', 'tail', 'errors', 'markers', 'metrics', 'limits'],
    'readwrite',
  )
  const tail = tx.objectStore('tail')
  const rows = await tail.index('byOrg').getAllKeys(org)
  const all = beginningWith(org)
  await Promise.all([
    ...rows.map((key) => tail.delete(key)),
    tx.objectStore('chunks').delete(all),
    tx.objectStore('errors').delete(all),
    tx.objectStore('markers').delete(all),
    tx.objectStore('metrics').delete(all),
    tx.objectStore('limits').delete(all),
    tx.done,
  ])
}
