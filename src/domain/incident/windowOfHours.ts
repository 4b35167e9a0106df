import { durationMs, type EpochMs, epochMs, later, MINUTE_MS } from '../units.ts'
import { type HistoryHour, isShowable } from './historyHours.ts'
import type { Span } from './incident.ts'

/** What led to a crossing, and what followed it, lies next to its hour. */
const AIR_MS = durationMs(15 * MINUTE_MS)

/**
 * The window to review of hours that were chosen: one alone with some air on both sides, several as
 * they are, and nothing of what is to come. Null where there is nothing to see of any.
 */
export function windowOfHours(hours: readonly HistoryHour[], now: EpochMs): Span | null {
  const [first, last] = [hours[0], hours.at(-1)]
  if (!first || !last || !hours.some(isShowable)) return null
  const airMs = hours.length === 1 ? AIR_MS : 0
  return { from: later(first.from, -1 * airMs), to: epochMs(Math.min(now, last.to + airMs)) }
}
