import type { IDBPObjectStore, StoreNames } from 'idb'
import { lowerBound } from '#domain/series/lowerBound.ts'
import { withLateSummaries, withStretch } from '#domain/series/minuteMerge.ts'
import { summarised, type Summaries } from '#domain/series/minuteSummaries.ts'
import type { Series } from '#domain/series/series.ts'
import { type EpochMs, HOUR_MS, type MetricId, type OrgId } from '#domain/units.ts'
import { samplesIn } from './chunk.ts'
import { cutAt, mergedColumns } from './columns.ts'
import type { HistorySchema, MinuteChunk } from './historyDb.ts'
import { hourOf, hoursOfDay } from './keyRanges.ts'
import { packedSummaries, unpackedSummaries } from './packedSummaries.ts'

export type StoreOf<
  Name extends StoreNames<HistorySchema>,
  Mode extends IDBTransactionMode,
> = IDBPObjectStore<HistorySchema, StoreNames<HistorySchema>[], Name, Mode>

type Chunks = StoreOf<'chunks', IDBTransactionMode>

/** A day of one metric: the key of its minutes. */
export type DayKey = readonly [org: OrgId, metric: MetricId, day: EpochMs]

/** A day's minutes, as a row of the store. */
export const minuteChunk = ([org, metric, day]: DayKey, minutes: Summaries): MinuteChunk => ({
  org,
  metric,
  day,
  ...packedSummaries(minutes, day),
})

/** The minutes that a row holds. */
export const minutesIn = (row: MinuteChunk): Summaries => unpackedSummaries(row, row.day)

/** A day's minutes from the samples that are kept of it. */
export const minutesFromSamples = async (chunks: Chunks, key: DayKey): Promise<Summaries> =>
  summarised(samplesIn(await chunks.getAll(hoursOfDay(...key))))

/**
 * What a day comes to with samples that were not sorted in yet: its minutes, and those hours that are
 * to be kept as samples. `known` are its minutes, null where they were never written.
 */
export async function dayWith(
  chunks: Chunks,
  key: DayKey,
  known: Summaries | null,
  added: Series,
): Promise<{ minutes: Summaries; hours: { hour: EpochMs; series: Series }[] }> {
  const [org, metric] = key
  const hours: { hour: EpochMs; series: Series }[] = []
  let minutes = known ?? (await minutesFromSamples(chunks, key))
  for (const { start: hour, series } of cutAt(added, hourOf)) {
    const chunk = await chunks.get([org, metric, hour])
    if (!chunk && hasHour(minutes, hour)) {
      // Its samples are pruned: kept as samples, the late ones would pass for all of them.
      minutes = withLateSummaries(minutes, summarised(series))
      continue
    }
    const whole = mergedColumns(chunk ? [samplesIn([chunk]), series] : [series])
    hours.push({ hour, series: whole })
    minutes = withStretch(minutes, hour, hour + HOUR_MS, summarised(whole))
  }
  return { minutes, hours }
}

/** Whether any minute of an hour is known. O(log n). */
function hasHour({ startMs }: Summaries, hour: EpochMs): boolean {
  const first = startMs[lowerBound(startMs, hour)]
  return first !== undefined && first < hour + HOUR_MS
}
