import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { lowerBound, lowerBoundNear, upperBound } from '#domain/series/lowerBound.ts'
import { withRoom } from '#domain/series/withRoom.ts'
import type { EpochMs } from '#domain/units.ts'

const FIRST_LENGTH = 16

/**
 * The events of one class, oldest first, with running totals: the count of any stretch is the
 * difference of two of them.
 */
export function createErrorLane() {
  const events: ErrorEvent[] = []
  let timeMs = new Float64Array(FIRST_LENGTH)
  /** Sum of the counts up to and with each event. */
  let totals = new Float64Array(FIRST_LENGTH)

  const indexFrom = (at: number, low = 0) => lowerBound(timeMs, at, low, events.length)
  const totalBefore = (index: number) => (index > 0 ? totals[index - 1]! : 0)

  return {
    /** Adds an event that is not older than the newest. */
    push(event: ErrorEvent) {
      const index = events.length
      timeMs = withRoom(timeMs, index + 1)
      totals = withRoom(totals, index + 1)
      timeMs[index] = event.at
      totals[index] = totalBefore(index) + event.count
      events.push(event)
    },
    /** Forgets everything from an instant on. */
    cutFrom(at: EpochMs) {
      events.length = indexFrom(at)
    },
    /** Sum of counts in [from, to). */
    count: (from: EpochMs, to: EpochMs) =>
      Math.max(0, totalBefore(indexFrom(to)) - totalBefore(indexFrom(from))),
    /**
     * Sum of counts per column of equal width over [from, to). Each column is sought from where the
     * one before it ended: the cost grows with the columns, and hardly with the events.
     */
    columns(from: EpochMs, to: EpochMs, columns: number): Float64Array {
      const counts = new Float64Array(Math.max(0, columns))
      let index = indexFrom(from)
      const end = indexFrom(to, index)
      for (let column = 0; column < columns && index < end; column++) {
        const until = column + 1 < columns ? from + ((to - from) * (column + 1)) / columns : to
        const next = lowerBoundNear(timeMs, until, index, end)
        counts[column] = totalBefore(next) - totalBefore(index)
        index = next
      }
      return counts
    },
    /** The first event after an instant, or the last one before it. */
    next(at: EpochMs, direction: 1 | -1): ErrorEvent | null {
      const index = direction === 1 ? upperBound(timeMs, at, 0, events.length) : indexFrom(at) - 1
      return events[index] ?? null
    },
  }
}
