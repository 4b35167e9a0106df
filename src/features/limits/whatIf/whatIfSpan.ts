import { formatDate } from '#domain/format.ts'
import type { Span } from '#domain/incident/incident.ts'
import { windowEnds } from '#domain/timeline/dayAndClock.ts'
import { DAY_MS, type DurationMs, durationMs, type EpochMs, HOUR_MS, later } from '#domain/units.ts'

/** A day: what a limit has to be enough for. */
export const usualSpan = (now: EpochMs): Span => ({ from: later(now, -1 * DAY_MS), to: now })

/** Windows back from now that are offered. */
export const WHAT_IF_LENGTHS: readonly { label: string; lengthMs: DurationMs }[] = [
  { label: '1 h', lengthMs: HOUR_MS },
  { label: '1 d', lengthMs: DAY_MS },
  { label: '7 d', lengthMs: durationMs(7 * DAY_MS) },
  { label: '14 d', lengthMs: durationMs(14 * DAY_MS) },
]

/** A window within a sentence: `the time from 11:30 to 14:30 on Thu 17 Sep 2026`. */
export function periodWords({ from, to }: Span, zone: string): string {
  const [start, end] = windowEnds(from, to, zone)
  const isOneDay = formatDate(from, zone) === formatDate(to, zone)
  return isOneDay
    ? `the time from ${start} to ${end} on ${formatDate(to, zone)}`
    : `the time from ${start} to ${end}`
}
