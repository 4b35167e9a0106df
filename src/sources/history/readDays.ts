import type { Summaries } from '#domain/series/minuteSummaries.ts'
import type { Series } from '#domain/series/series.ts'
import type { DurationMs, EpochMs, MetricId, OrgId } from '#domain/units.ts'
import { cutAt } from './columns.ts'
import { blockOf, daysIn, HALF_HOUR_MS } from './halfHours.ts'
import { dayOf } from './keyRanges.ts'
import { dayWith, minutesFromSamples, minutesIn, type StoreOf } from './minuteChunks.ts'

type Stores = {
  chunks: StoreOf<'chunks', 'readonly'>
  minutes: StoreOf<'minutes', 'readonly'>
  halfHours: StoreOf<'halfHours', 'readonly'>
}
type DaysWanted = { org: OrgId; metric: MetricId; from: EpochMs; to: EpochMs; stepMs: DurationMs }
/** What a day comes to, unpacked when it is needed. */
type Day = () => Summaries

/**
 * The days of a metric that touch [from, to), oldest first, as they would be if everything were sorted
 * in: as minutes, or as half hours where no finer steps are wanted and they are there.
 */
export async function readDays(
  stores: Stores,
  wanted: DaysWanted,
  unsorted: Series | undefined,
): Promise<Day[]> {
  const { org, metric, from, to, stepMs } = wanted
  const { chunks, minutes } = stores
  const first = dayOf(from)
  const range = IDBKeyRange.bound([org, metric, first], [org, metric, to], false, true)
  const known =
    stepMs % HALF_HOUR_MS === 0 ? await halfHoursOf(stores, wanted) : await minutesOf(stores, range)
  const hours = await chunks.getAllKeys(range)
  for (const day of new Set(hours.map(([, , hour]) => dayOf(hour)))) {
    if (known.has(day)) continue
    // One that an older version kept, and nobody has summarised yet.
    const ofDay = await minutesFromSamples(chunks, [org, metric, day])
    known.set(day, () => ofDay)
  }
  for (const { start: day, series } of unsorted ? cutAt(unsorted, dayOf) : []) {
    if (day < first || day >= to) continue
    const row = await minutes.get([org, metric, day])
    const sorted = await dayWith(chunks, [org, metric, day], row ? minutesIn(row) : null, series)
    known.set(day, () => sorted.minutes)
  }
  return [...known].toSorted(([a], [b]) => a - b).map(([, ofDay]) => ofDay)
}

const minutesOf = async ({ minutes }: Stores, days: IDBKeyRange): Promise<Map<EpochMs, Day>> =>
  new Map((await minutes.getAll(days)).map((row) => [row.day, () => minutesIn(row)]))

async function halfHoursOf(
  { minutes, halfHours }: Stores,
  { org, metric, from, to }: DaysWanted,
): Promise<Map<EpochMs, Day>> {
  const range = (start: EpochMs) =>
    IDBKeyRange.bound([org, metric, start], [org, metric, to], false, true)
  const [blocks, days] = await Promise.all([
    halfHours.getAll(range(blockOf(from))),
    minutes.getAllKeys(range(dayOf(from))),
  ])
  const known = new Map<EpochMs, Day>()
  for (const [day, ofDay] of daysIn(blocks)) known.set(day, () => ofDay)
  for (const key of days) {
    if (known.has(key[2])) continue
    // Of a version that had no half hours.
    const row = await minutes.get(key)
    if (row) known.set(key[2], () => minutesIn(row))
  }
  return known
}
