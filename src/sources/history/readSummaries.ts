import type { Observation } from '#domain/observation.ts'
import { coarsened } from '#domain/series/minuteCoarsened.ts'
import {
  clippedSummaries,
  joinedSummaries,
  summarised,
  type Summaries,
} from '#domain/series/minuteSummaries.ts'
import type { DurationMs, EpochMs, MetricId, OrgId } from '#domain/units.ts'
import { clippedColumns } from './columns.ts'
import { samplesByMetric } from './compaction.ts'
import type { KeptSummaries } from './history.ts'
import type { HistoryDatabase } from './historyDb.ts'
import { beginningWith } from './keyRanges.ts'
import { metricsIn } from './metricsIn.ts'
import { readDays } from './readDays.ts'

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
  const tx = db.transaction(['tail', 'chunks', 'minutes', 'halfHours'])
  const stores = {
    chunks: tx.objectStore('chunks'),
    minutes: tx.objectStore('minutes'),
    halfHours: tx.objectStore('halfHours'),
  }
  const tail = await tx.objectStore('tail').index('byOrg').getAll(org)
  const unsorted = samplesByMetric([...tail, ...waiting])
  const read = metrics.map(async (metric) => {
    const wanted = { org, metric, from, to, stepMs }
    const days = await readDays(stores, wanted, unsorted.get(metric))
    // Day by day, so that no more than one of them is in memory minute by minute.
    const pieces = days.map((ofDay) => coarsened(clippedSummaries(ofDay(), from, to), stepMs))
    return { metric, steps: joinedSummaries(pieces, stepMs) }
  })
  return (await Promise.all(read)).filter(({ steps }) => steps.startMs.length > 0)
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
