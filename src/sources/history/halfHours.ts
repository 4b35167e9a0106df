import { coarsened } from '#domain/series/minuteCoarsened.ts'
import { withStretch } from '#domain/series/minuteMerge.ts'
import { clippedSummaries, roomFor, type Summaries } from '#domain/series/minuteSummaries.ts'
import {
  DAY_MS,
  durationMs,
  type EpochMs,
  epochMs,
  later,
  type MetricId,
  MINUTE_MS,
  type OrgId,
} from '#domain/units.ts'
import { dayOf } from './keyRanges.ts'
import { type DayKey, minuteChunk, type StoreOf } from './minuteChunks.ts'
import { type PackedSummaries, packedSummaries, unpackedSummaries } from './packedSummaries.ts'

/**
 * One metric's half hours of sixteen days: nothing that its minutes do not say, in a thirtieth of
 * their bytes, so that a year is read in no time. Written with the minutes of each day.
 */
export type HalfHourBlock = { org: OrgId; metric: MetricId; block: EpochMs } & PackedSummaries

export const HALF_HOUR_MS = durationMs(30 * MINUTE_MS)
export const BLOCK_MS = durationMs(16 * DAY_MS)

/** The beginning of the block that an instant lies in. */
export const blockOf = (at: number) => epochMs(Math.floor(at / BLOCK_MS) * BLOCK_MS)

type DayStores = {
  minutes: StoreOf<'minutes', 'readwrite'>
  halfHours: StoreOf<'halfHours', 'readwrite'>
}

/** Writes what a day comes to. Of one metric a day after the other: several share a block. */
export async function putDay({ minutes, halfHours }: DayStores, key: DayKey, ofDay: Summaries) {
  const [org, metric, day] = key
  const block = blockOf(day)
  const row = await halfHours.get([org, metric, block])
  const known = row ? halfHoursIn(row) : roomFor(0, HALF_HOUR_MS)
  const all = withStretch(known, day, day + DAY_MS, coarsened(ofDay, HALF_HOUR_MS))
  await Promise.all([
    minutes.put(minuteChunk(key, ofDay)),
    halfHours.put({ org, metric, block, ...packedSummaries(all, block) }),
  ])
}

/** The days of which blocks hold half hours. */
export function daysIn(blocks: readonly HalfHourBlock[]): Map<EpochMs, Summaries> {
  const days = new Map<EpochMs, Summaries>()
  for (const row of blocks) {
    const halfHours = halfHoursIn(row)
    for (const day of new Set(Array.from(halfHours.startMs, dayOf)))
      days.set(day, clippedSummaries(halfHours, day, later(day, DAY_MS)))
  }
  return days
}

const halfHoursIn = (row: HalfHourBlock): Summaries =>
  unpackedSummaries(row, row.block, HALF_HOUR_MS)
