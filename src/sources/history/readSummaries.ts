import type { Observation } from '#domain/observation.ts'
import { coarsened } from '#domain/series/minuteCoarsened.ts'
import {
  clippedSummaries,
  joinedSummaries,
  summarised,
  type Summaries,
} from '#domain/series/minuteSummaries.ts'
import type { Series } from '#domain/series/series.ts'
import {
  DAY_MS,
  type DurationMs,
  type EpochMs,
  epochMs,
  later,
  type MetricId,
  MINUTE_MS,
  type OrgId,
} from '#domain/units.ts'
import { clippedColumns, cutAt } from './columns.ts'
import { samplesByMetric } from './compaction.ts'
import type { KeptSummaries } from './history.ts'
import type { HistoryDatabase } from './historyDb.ts'
import { beginningWith, dayOf } from './keyRanges.ts'
import {
  type DayKey,
  dayWith,
  minutesFromSamples,
  minutesIn,
  type StoreOf,
} from './minuteChunks.ts'

export type SummariesWanted = {
  org: OrgId
  from: EpochMs
  to: EpochMs
  stepMs: DurationMs
  /** What the page has yet to write. */
  waiting: readonly Observation[]
}

/** So many days are in memory as minutes at a time: about 10 MB of 40 metrics. */
const BATCH_MS = 16 * DAY_MS

type Stores = { chunks: StoreOf<'chunks', 'readonly'>; minutes: StoreOf<'minutes', 'readonly'> }
type ByMetric = ReadonlyMap<MetricId, Summaries>

/**
 * The steps of an organisation's metrics that begin in [from, to), of all it kept: the minutes, and
 * the samples that are not in them yet. Reads some days at a time and calls `alive` after each lot.
 */
export async function readSummaries(
  db: HistoryDatabase,
  { org, from, to, stepMs, waiting }: SummariesWanted,
  alive: () => void,
): Promise<KeptSummaries> {
  const tx = db.transaction(['tail', 'chunks', 'minutes', 'metrics'])
  const stores = { chunks: tx.objectStore('chunks'), minutes: tx.objectStore('minutes') }
  const [tail, metrics] = await Promise.all([
    tx.objectStore('tail').index('byOrg').getAll(org),
    tx.objectStore('metrics').getAll(beginningWith(org)),
  ])
  const unsorted = samplesByMetric([...tail, ...waiting])
  const pieces = new Map<MetricId, Summaries[]>()
  for (let start = dayOf(from); start < to; start = later(start, BATCH_MS)) {
    const span = {
      from: epochMs(Math.max(from, start)),
      to: epochMs(Math.min(to, start + BATCH_MS)),
    }
    const minutes = await minutesOfDays(stores, org, { from: start, to: span.to }, unsorted)
    for (const { metric, steps } of inSteps(minutes, span.from, span.to, stepMs))
      pieces.set(metric, [...(pieces.get(metric) ?? []), steps])
    alive()
  }
  await tx.done
  const known = metrics.map(({ metric }) => metric)
  return {
    metrics: [...known, ...waiting.flatMap((one) => one.metrics)],
    summaries: [...pieces].map(([metric, parts]) => ({
      metric,
      steps: joinedSummaries(parts, stepMs),
    })),
  }
}

/** The minutes of some days by metric, as they would be if everything were sorted in. */
async function minutesOfDays(
  { chunks, minutes }: Stores,
  org: OrgId,
  { from, to }: { from: EpochMs; to: EpochMs },
  unsorted: ReadonlyMap<MetricId, Series>,
): Promise<ByMetric> {
  const days = IDBKeyRange.bound([org, from], [org, to], false, true)
  const [rows, hours] = await Promise.all([
    minutes.index('byDay').getAll(days),
    chunks.index('byHour').getAllKeys(days),
  ])
  const known = new Map<string, { key: DayKey; minutes: Summaries }>()
  for (const row of rows) put([org, row.metric, row.day], minutesIn(row))
  for (const [, metric, hour] of hours) {
    // A day that an older version kept, and nobody has summarised yet.
    const key = [org, metric, dayOf(hour)] as const
    if (!known.has(key.join())) put(key, await minutesFromSamples(chunks, key))
  }
  for (const [metric, samples] of unsorted)
    for (const { start, series } of cutAt(samples, dayOf)) {
      if (start < from || start >= to) continue
      const key = [org, metric, start] as const
      const before = known.get(key.join())?.minutes ?? null
      put(key, (await dayWith(chunks, key, before, series)).minutes)
    }
  return byMetric([...known.values()])

  function put(key: DayKey, ofDay: Summaries) {
    known.set(key.join(), { key, minutes: ofDay })
  }
}

/** Days joined by metric, oldest first. */
function byMetric(days: readonly { key: DayKey; minutes: Summaries }[]): ByMetric {
  const parts = new Map<MetricId, Summaries[]>()
  for (const { key, minutes } of days.toSorted((a, b) => a.key[2] - b.key[2]))
    parts.set(key[1], [...(parts.get(key[1]) ?? []), minutes])
  return new Map([...parts].map(([metric, pieces]) => [metric, joinedSummaries(pieces, MINUTE_MS)]))
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
      summarised(clippedColumns(samples, from, to)),
    ]),
  )
