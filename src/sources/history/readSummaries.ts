import type { Observation } from '#domain/observation.ts'
import { coarsened } from '#domain/series/minuteCoarsened.ts'
import {
  clippedSummaries,
  joinedSummaries,
  summarised,
  type Summaries,
} from '#domain/series/minuteSummaries.ts'
import type { Series } from '#domain/series/series.ts'
import { type DurationMs, type EpochMs, type MetricId, type OrgId } from '#domain/units.ts'
import { clippedColumns, cutAt } from './columns.ts'
import { samplesByMetric } from './compaction.ts'
import type { KeptSummaries } from './history.ts'
import type { HistoryDatabase } from './historyDb.ts'
import { beginningWith, dayOf } from './keyRanges.ts'
import { metricsIn } from './metricsIn.ts'
import { dayWith, minutesFromSamples, minutesIn, type StoreOf } from './minuteChunks.ts'

export type SummariesWanted = {
  org: OrgId
  from: EpochMs
  to: EpochMs
  stepMs: DurationMs
  /** What the page has yet to write. */
  waiting: readonly Observation[]
}

/** So many metrics are read at a time: of thirteen months about 7 MB each. */
const METRICS_AT_ONCE = 4

type Stores = { chunks: StoreOf<'chunks', 'readonly'>; minutes: StoreOf<'minutes', 'readonly'> }
type ByMetric = ReadonlyMap<MetricId, Summaries>
type Steps = KeptSummaries['summaries']

/**
 * The steps of an organisation's metrics that begin in [from, to), of all it kept: the minutes, and
 * the samples that are not in them yet. A few metrics at a time, so that others may write in between.
 */
export async function readSummaries(
  db: HistoryDatabase,
  wanted: SummariesWanted,
): Promise<KeptSummaries> {
  const { org, waiting } = wanted
  const tx = db.transaction(['tail', 'chunks', 'minutes', 'metrics'])
  const [tail, metrics, ...stored] = await Promise.all([
    tx.objectStore('tail').index('byOrg').getAll(org),
    tx.objectStore('metrics').getAll(beginningWith(org)),
    metricsIn(tx.objectStore('minutes'), org),
    metricsIn(tx.objectStore('chunks'), org),
  ])
  const unsorted = [...tail, ...waiting].flatMap(({ samples }) =>
    samples.map(({ metric }) => metric),
  )
  const all = [...new Set([...stored.flat(), ...unsorted])]
  const summaries: Steps[number][] = []
  for (let start = 0; start < all.length; start += METRICS_AT_ONCE)
    summaries.push(...(await readSome(db, wanted, all.slice(start, start + METRICS_AT_ONCE))))
  const known = metrics.map(({ metric }) => metric)
  return { metrics: [...known, ...waiting.flatMap((one) => one.metrics)], summaries }
}

/** The same of a few metrics, in a transaction of their own: the tail is read along, and nothing is seen twice. */
async function readSome(
  db: HistoryDatabase,
  { org, from, to, stepMs, waiting }: SummariesWanted,
  metrics: readonly MetricId[],
): Promise<Steps> {
  const tx = db.transaction(['tail', 'chunks', 'minutes'])
  const stores = { chunks: tx.objectStore('chunks'), minutes: tx.objectStore('minutes') }
  const tail = await tx.objectStore('tail').index('byOrg').getAll(org)
  const unsorted = samplesByMetric([...tail, ...waiting])
  const read = metrics.map(async (metric) => {
    const days = await minutesOfDays(stores, { org, metric, from, to }, unsorted.get(metric))
    // Day by day, so that no more than one of them is in memory minute by minute.
    const pieces = days.map((ofDay) => coarsened(clippedSummaries(ofDay(), from, to), stepMs))
    return { metric, steps: joinedSummaries(pieces, stepMs) }
  })
  return (await Promise.all(read)).filter(({ steps }) => steps.startMs.length > 0)
}

type Days = { org: OrgId; metric: MetricId; from: EpochMs; to: EpochMs }

/** The minutes of some days of a metric, oldest first, as they would be if everything were sorted in. */
async function minutesOfDays(
  { chunks, minutes }: Stores,
  { org, metric, from, to }: Days,
  unsorted: Series | undefined,
): Promise<(() => Summaries)[]> {
  const first = dayOf(from)
  const range = IDBKeyRange.bound([org, metric, first], [org, metric, to], false, true)
  const [rows, hours] = await Promise.all([minutes.getAll(range), chunks.getAllKeys(range)])
  const known = new Map(rows.map((row) => [row.day, () => minutesIn(row)]))
  for (const day of new Set(hours.map(([, , hour]) => dayOf(hour)))) {
    if (known.has(day)) continue
    // One that an older version kept, and nobody has summarised yet.
    const ofDay = await minutesFromSamples(chunks, [org, metric, day])
    known.set(day, () => ofDay)
  }
  for (const { start: day, series } of unsorted ? cutAt(unsorted, dayOf) : []) {
    if (day < first || day >= to) continue
    const before = known.get(day)?.() ?? null
    const sorted = await dayWith(chunks, [org, metric, day], before, series)
    known.set(day, () => sorted.minutes)
  }
  return [...known].toSorted(([a], [b]) => a - b).map(([, ofDay]) => ofDay)
}

/** The steps of what waits alone: all there is where nothing can be read. */
export const summariesWaiting = ({
  from,
  to,
  stepMs,
  waiting,
}: SummariesWanted): KeptSummaries => ({
  metrics: waiting.flatMap(({ metrics }) => metrics),
  summaries: inSteps(summariesOf(waiting, from, to), from, to, stepMs),
})

/** The steps that begin in [from, to), by metric; metrics without any are left out. */
export const inSteps = (byMetric: ByMetric, from: EpochMs, to: EpochMs, stepMs: DurationMs) =>
  [...byMetric]
    .map(([metric, minutes]) => ({
      metric,
      steps: coarsened(clippedSummaries(minutes, from, to), stepMs),
    }))
    .filter(({ steps }) => steps.startMs.length > 0)

/** Samples as minutes, by metric, as far as they lie within a window. */
export const summariesOf = (
  observed: readonly Pick<Observation, 'samples'>[],
  from: EpochMs,
  to: EpochMs,
): ByMetric =>
  new Map(
    [...samplesByMetric(observed)].map(([metric, samples]) => [
      metric,
      summarised(clippedColumns([samples], from, to)),
    ]),
  )
