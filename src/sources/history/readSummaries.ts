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
import type { HistoryDatabase, HistorySchema } from './historyDb.ts'
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
type Days = { org: OrgId; from: EpochMs; to: EpochMs }

/**
 * The steps of an organisation's metrics that begin in [from, to), of all it kept: the minutes, and
 * the samples that are not in them yet. Reads some metrics at a time and calls `alive` after each
 * lot.
 */
export async function readSummaries(
  db: HistoryDatabase,
  { org, from, to, stepMs, waiting }: SummariesWanted,
  alive: () => void,
): Promise<KeptSummaries> {
  const tx = db.transaction(['tail', 'chunks', 'minutes', 'metrics'])
  const stores = { chunks: tx.objectStore('chunks'), minutes: tx.objectStore('minutes') }
  const days = { org, from: dayOf(from), to }
  const [tail, metrics, summarisedMetrics, hours] = await Promise.all([
    tx.objectStore('tail').index('byOrg').getAll(org),
    tx.objectStore('metrics').getAll(beginningWith(org)),
    metricsIn(stores.minutes, org),
    stores.chunks.index('byHour').getAllKeys(IDBKeyRange.bound([org, days.from], [org, to])),
  ])
  const unsorted = samplesByMetric([...tail, ...waiting])
  const sampled = hoursByMetric(hours)
  const all = [...new Set([...summarisedMetrics, ...sampled.keys(), ...unsorted.keys()])]
  const summaries: { metric: MetricId; steps: Summaries }[] = []
  for (let start = 0; start < all.length; start += METRICS_AT_ONCE) {
    const lot = all.slice(start, start + METRICS_AT_ONCE).map(async (metric) => {
      const known = { hours: sampled.get(metric) ?? [], unsorted: unsorted.get(metric) }
      const minutes = await minutesOfDays(stores, days, metric, known)
      // Day by day, so that no more than one of them is in memory minute by minute.
      const pieces = minutes.map((ofDay) => coarsened(clippedSummaries(ofDay(), from, to), stepMs))
      return { metric, steps: joinedSummaries(pieces, stepMs) }
    })
    summaries.push(...(await Promise.all(lot)).filter(({ steps }) => steps.startMs.length > 0))
    alive()
  }
  await tx.done
  const known = metrics.map(({ metric }) => metric)
  return { metrics: [...known, ...waiting.flatMap((one) => one.metrics)], summaries }
}

function hoursByMetric(keys: readonly HistorySchema['chunks']['key'][]) {
  const hours = new Map<MetricId, EpochMs[]>()
  for (const [, metric, hour] of keys) {
    const known = hours.get(metric)
    if (known) known.push(hour)
    else hours.set(metric, [hour])
  }
  return hours
}

/** The minutes of some days of a metric, oldest first, as they would be if everything were sorted in. */
async function minutesOfDays(
  { chunks, minutes }: Stores,
  { org, from, to }: Days,
  metric: MetricId,
  { hours, unsorted }: { hours: readonly EpochMs[]; unsorted: Series | undefined },
): Promise<(() => Summaries)[]> {
  const rows = await minutes.getAll(
    IDBKeyRange.bound([org, metric, from], [org, metric, to], false, true),
  )
  const known = new Map(rows.map((row) => [row.day, () => minutesIn(row)]))
  for (const day of new Set(hours.map(dayOf))) {
    if (known.has(day)) continue
    // One that an older version kept, and nobody has summarised yet.
    const ofDay = await minutesFromSamples(chunks, [org, metric, day])
    known.set(day, () => ofDay)
  }
  for (const { start: day, series } of unsorted ? cutAt(unsorted, dayOf) : []) {
    if (day < from || day >= to) continue
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
