import type { ErrorEvent } from '../errors/errorEvent.ts'
import { type DurationMs, durationMs, type EpochMs, MINUTE_MS, SECOND_MS } from '../units.ts'
import type { Span } from './incident.ts'

/** Failures that follow each other closely: from the first of them to the last, both included. */
export type ErrorBurst = { from: EpochMs; lastAt: EpochMs; count: number }

const SHARE_OF_WINDOW = 1 / 60
const LEAST_MS = 10 * SECOND_MS
const MOST_MS = 10 * MINUTE_MS

/**
 * Failures further apart than this are of two bursts: a sixtieth of the window, at least 10 s, at
 * most 10 min. What looks like one cluster on the axis is one.
 */
export const burstGapMs = ({ from, to }: Span): DurationMs =>
  durationMs(Math.min(MOST_MS, Math.max(LEAST_MS, (to - from) * SHARE_OF_WINDOW)))

/** Divides events, oldest first, where more than `gapMs` lie between neighbours. O(n). */
export function errorBursts(events: readonly ErrorEvent[], gapMs: DurationMs): ErrorBurst[] {
  const bursts: ErrorBurst[] = []
  for (const { at, count } of events) {
    const newest = bursts.at(-1)
    if (newest && at - newest.lastAt <= gapMs) {
      newest.lastAt = at
      newest.count += count
    } else bursts.push({ from: at, lastAt: at, count })
  }
  return bursts
}
