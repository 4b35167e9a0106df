import type { Alert } from '#domain/alerts/alert.ts'
import { type AlertsState, NO_ALERTS } from '#domain/alerts/alertsState.ts'
import { type Announcements, NOTHING_TOLD } from '#domain/alerts/announcements.ts'
import { DAY_MS, durationMs, type EpochMs, epochMs, type MetricId } from '#domain/units.ts'

/** Raised with every change of what follows: a record of another version is begun anew. */
const VERSION = 1
const KEPT_MS = durationMs(90 * DAY_MS)
const MOST_KEPT = 200

/** Everything that the alerts of one organisation remember, as plain data: it outlives a reload as JSON. */
export type AlertBook = {
  state: AlertsState
  announcements: Announcements
  /** Up to where the samples of each metric were judged. */
  samplesTo: Record<MetricId, EpochMs>
  /** Up to where errors, and looks at a leak, were taken in; null before the first look. */
  takenTo: EpochMs | null
  /** Alerts that have ended, newest first. */
  ended: readonly Alert[]
}

export const EMPTY_BOOK: AlertBook = {
  state: NO_ALERTS,
  announcements: NOTHING_TOLD,
  samplesTo: {},
  takenTo: null,
  ended: [],
}

export const bookText = (book: AlertBook): string => JSON.stringify({ version: VERSION, ...book })

/** A book that `bookText` wrote; null where it is of another version, or none. */
export function readBook(text: string | null): AlertBook | null {
  if (text === null) return null
  try {
    const { version, ...book } = JSON.parse(text) as { version: number } & AlertBook
    return version === VERSION ? book : null
  } catch {
    // Half a record is none: rules begin anew, and what fires is told again.
    return null
  }
}

/** With what has just ended before it, as far as it is kept. */
export const endedWith = (ended: readonly Alert[], more: readonly Alert[], now: EpochMs) =>
  [...more.toReversed(), ...ended]
    .filter(({ endedAt, firedAt }) => (endedAt ?? firedAt) > epochMs(now - KEPT_MS))
    .slice(0, MOST_KEPT)
