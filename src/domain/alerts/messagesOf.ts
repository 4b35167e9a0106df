import type { Metric } from '../metrics/metric.ts'
import type { Marker } from '../timeline/marker.ts'
import { type EpochMs, epochMs } from '../units.ts'
import type { Alert, AlertEvent } from './alert.ts'
import {
  type AlertMessage,
  type Announcements,
  ANNOUNCE_OPTIONS,
  announced,
  LINGER_MS,
  NOTHING_TOLD,
} from './announcements.ts'

type Told = { metrics: readonly Metric[]; markers: readonly Marker[]; to: EpochMs }

/**
 * The messages that these events would have sent up to `to`: told at their instants, and when a group
 * is complete or a quiet window over. O(events × alerts at a time).
 */
export function messagesOf(
  events: readonly AlertEvent[],
  { metrics, markers, to }: Told,
): AlertMessage[] {
  const { groupMs, graceMs } = ANNOUNCE_OPTIONS
  const moments = [
    ...events.flatMap(({ at }) => [at, at + LINGER_MS]),
    ...markers.map(({ at }) => at + graceMs),
  ].filter((at) => at <= to)
  const instants = new Set(moments.flatMap((at) => [at, at + groupMs]))
  const firing = new Map<string, Alert>()
  const messages: AlertMessage[] = []
  let state: Announcements = NOTHING_TOLD
  let next = 0
  for (const instant of [...instants].sort((a, b) => a - b)) {
    const now = epochMs(instant)
    const first = next
    while (next < events.length && events[next]!.at <= now) {
      const { kind, alert } = events[next]!
      if (kind === 'ended') firing.delete(alert.id)
      else firing.set(alert.id, alert)
      next += 1
    }
    const happened = { events: events.slice(first, next), active: [...firing.values()] }
    const told = announced(state, { ...happened, markers, metrics }, now)
    state = told.state
    messages.push(...told.messages)
  }
  return messages
}
