import type { ErrorEvent } from '../errors/errorEvent.ts'
import { type DurationMs, durationMs, type EpochMs, epochMs } from '../units.ts'
import type { Span } from './incident.ts'

/** Round lengths of time, as somebody would say them. */
const ROUND_MS = [
  1, 2, 5, 10, 20, 50, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 21_600, 86_400,
]
const PARTS = 120

/** The longest round length of which at least 120 make up a span; a second at least. */
export const roundPartMs = ({ from, to }: Span): DurationMs =>
  durationMs(
    1_000 * (ROUND_MS.findLast((seconds) => seconds * 1_000 * PARTS <= to - from) ?? ROUND_MS[0]!),
  )

/**
 * The stretch of this length that holds most failures, the earliest of equals: where it begins, and
 * how many. It may begin at any of them, not only at bounds of bins. Null without events. O(n).
 */
export function fullestStretch(
  events: readonly ErrorEvent[],
  lengthMs: DurationMs,
): { from: EpochMs; count: number } | null {
  let best: { from: EpochMs; count: number } | null = null
  let end = 0
  let count = 0
  for (const [i, event] of events.entries()) {
    while (end < events.length && events[end]!.at < event.at + lengthMs)
      count += events[end++]!.count
    if (!best || count > best.count) best = { from: epochMs(event.at), count }
    count -= events[i]!.count
  }
  return best
}
