import type { Observation } from '#domain/observation.ts'
import { type EpochMs, epochMs, MINUTE_MS, type OrgId } from '#domain/units.ts'
import { samplesIn } from './chunk.ts'
import type { HistoryDatabase } from './historyDb.ts'
import { createHistoryRecord } from './historyRecord.ts'
import { beginningWith, hourOf } from './keyRanges.ts'
import { metricsIn } from './metricsIn.ts'
import type { StoreOf } from './minuteChunks.ts'
import { errorFromStore } from './storedError.ts'

/** What a page has yet to write: it is read along with what is stored. */
type Waiting = { known: Observation; removedMarkers: readonly string[] }

export type PastWanted = {
  org: OrgId
  from: EpochMs
  to: EpochMs
  /** Samples are wanted from here on only. */
  samplesFrom: EpochMs
  /** Of errors the newest; older ones are left out. */
  mostErrors: number
  waiting: readonly Waiting[]
}

/** Everything of an organisation that touches a window, as it came. */
export async function readPast(db: HistoryDatabase, wanted: PastWanted): Promise<Observation> {
  const { org, from, to, samplesFrom, mostErrors } = wanted
  const tx = db.transaction([
    'chunks',
    'tail',
    'errors',
    'foldedErrors',
    'markers',
    'metrics',
    'limits',
    'registry',
  ])
  const [samples, tail, errors, folded, markers, metrics, limits, registry] = await Promise.all([
    samplesFrom > to ? [] : samplesWithin(tx.objectStore('chunks'), org, samplesFrom, to),
    tx.objectStore('tail').index('byOrg').getAll(org),
    newestRows(tx.objectStore('errors'), wanted, from),
    // A folded one stands at the beginning of its minute.
    newestRows(tx.objectStore('foldedErrors'), wanted, minuteOf(from)),
    tx.objectStore('markers').getAll(beginningWith(org)),
    tx.objectStore('metrics').getAll(beginningWith(org)),
    tx.objectStore('limits').getAll(beginningWith(org)),
    tx.objectStore('registry').getAll(beginningWith(org)),
    tx.done,
  ])
  const record = createHistoryRecord()
  record.add({
    metrics: metrics.map(({ metric }) => metric),
    samples: [...samples, ...tail.flatMap(({ samples }) => samples)],
    limits: limits.flatMap(({ metric, steps }) => steps.map((step) => ({ metric, step }))),
    errors: errors.map(({ event }) => errorFromStore(event)),
    markers: markers.map(({ marker }) => marker),
    clients: [],
    registry: registry.map(({ fact }) => fact),
  })
  const known = readWaiting(wanted, record)
  const room = mostErrors - known.errors.length
  if (folded.length === 0 || room <= 0) return known
  const old = folded.slice(-room).map(({ event }) => event)
  return { ...known, errors: [...old, ...known.errors].toSorted((a, b) => a.at - b.at) }
}

/** What waits, after what a record holds already: all there is where nothing can be read. */
export function readWaiting(
  { from, to, samplesFrom, waiting }: PastWanted,
  record = createHistoryRecord(),
): Observation {
  for (const { known, removedMarkers } of waiting) {
    record.add(known)
    for (const id of removedMarkers) record.removeMarker(id)
  }
  return record.between(from, to, samplesFrom)
}

/** The samples that may lie within a window, by metric: whole hours of them. */
async function samplesWithin(
  store: StoreOf<'chunks', 'readonly'>,
  org: OrgId,
  from: EpochMs,
  to: EpochMs,
): Promise<Observation['samples']> {
  const metrics = await metricsIn(store, org)
  const read = metrics.map(async (metric) => {
    const hours = IDBKeyRange.bound([org, metric, hourOf(from)], [org, metric, to])
    return { metric, series: samplesIn(await store.getAll(hours)) }
  })
  return Promise.all(read)
}

const minuteOf = (at: EpochMs) => epochMs(Math.floor(at / MINUTE_MS) * MINUTE_MS)

/**
 * The newest rows from an instant on: a flood of errors must not fill the memory of the page that
 * reads it.
 */
async function newestRows<Name extends 'errors' | 'foldedErrors'>(
  store: StoreOf<Name, 'readonly'>,
  { org, to, mostErrors }: PastWanted,
  from: EpochMs,
) {
  const end = [org, to, []]
  const all = IDBKeyRange.bound([org, from], end)
  if ((await store.count(all)) <= mostErrors) return store.getAll(all)
  const newest = await store.openKeyCursor(all, 'prev')
  const oldestRead = await newest?.advance(mostErrors - 1)
  return store.getAll(oldestRead ? IDBKeyRange.bound(oldestRead.key, end) : all)
}
