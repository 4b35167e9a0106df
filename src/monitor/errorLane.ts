import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { lowerBound, upperBound } from '#domain/series/lowerBound.ts'
import type { EpochMs } from '#domain/units.ts'

/**
 * The events of one class, oldest first, with running totals: the count of any stretch is the
 * difference of two of them.
 */
export function createErrorLane() {
  const timeMs: number[] = []
  const events: ErrorEvent[] = []
  /** Sum of the counts up to and with each event. */
  const totals: number[] = []

  const totalBefore = (at: EpochMs) => totals[lowerBound(timeMs, at) - 1] ?? 0

  return {
    /** Adds an event that is not older than the newest. */
    push(event: ErrorEvent) {
      timeMs.push(event.at)
      events.push(event)
      totals.push((totals.at(-1) ?? 0) + event.count)
    },
    /** Forgets everything from an instant on. */
    cutFrom(at: EpochMs) {
      const length = lowerBound(timeMs, at)
      timeMs.length = length
      events.length = length
      totals.length = length
    },
    /** Sum of counts in [from, to). */
    count: (from: EpochMs, to: EpochMs) => Math.max(0, totalBefore(to) - totalBefore(from)),
    totalBefore,
    /** The first event after an instant, or the last one before it. */
    next: (at: EpochMs, direction: 1 | -1): ErrorEvent | null =>
      (direction === 1 ? events[upperBound(timeMs, at)] : events[lowerBound(timeMs, at) - 1]) ??
      null,
  }
}
