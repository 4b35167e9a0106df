import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import { MINUTE_MS, SECOND_MS } from '#domain/units.ts'
import type { FileAttempt } from '#sources/imports/fileImport.ts'

/**
 * Of a request that took longer only so much is counted, the end of it: what is said of a second is then
 * settled some time, and memory stays bounded.
 */
const MOST_MS = 10 * MINUTE_MS

/**
 * How many accepted requests were in flight: the mean over each second, at its start, as
 * `meanInFlight` counts them, while the file still grows. A refused request was never in flight.
 *
 * A request stands in the file once it is over, so a second is told when the file has gone on for as
 * long as the longest request took so far (at most ten minutes). An even longer one corrects what was told.
 */
export function createInFlight() {
  const busyMs = new Map<number, number>()
  const toldMs = new Map<number, number>()
  const changed = new Set<number>()
  let newestEndMs = Number.NEGATIVE_INFINITY
  let longestMs = 0
  let lastTold: number | null = null
  /** Seconds before this one are settled for good, and forgotten. */
  let settled = Number.NEGATIVE_INFINITY

  function forgetSettled() {
    settled = Math.max(settled, Math.floor((newestEndMs - MOST_MS) / SECOND_MS))
    for (const second of busyMs.keys())
      if (second < settled && !changed.has(second)) {
        busyMs.delete(second)
        toldMs.delete(second)
      }
  }

  /** First and last second of a pause before a second that is told for the first time. */
  function zerosBefore(second: number): number[] {
    if (lastTold === null || second <= lastTold + 1) return []
    return [...new Set([lastTold + 1, second - 1])]
  }

  return {
    add({ startMs, endMs, errorClass }: FileAttempt) {
      newestEndMs = Math.max(newestEndMs, endMs)
      if (errorClass !== null) return
      const beganMs = Math.max(startMs, endMs - MOST_MS)
      longestMs = Math.max(longestMs, endMs - beganMs)
      const first = Math.max(settled, Math.floor(beganMs / SECOND_MS))
      for (let second = first; second * SECOND_MS < endMs; second += 1) {
        const from = Math.max(beganMs, second * SECOND_MS)
        const to = Math.min(endMs, (second + 1) * SECOND_MS)
        busyMs.set(second, (busyMs.get(second) ?? 0) + to - from)
        changed.add(second)
      }
    },
    /** What was not told yet. `isOver`: nothing is expected to follow for now, so the newest seconds are told too. */
    news(isOver: boolean): Series {
      const untilMs = isOver ? Number.POSITIVE_INFINITY : newestEndMs - longestMs
      const told: [second: number, ms: number][] = []
      for (const second of [...changed].sort((a, b) => a - b)) {
        if ((second + 1) * SECOND_MS > untilMs) break
        changed.delete(second)
        const ms = busyMs.get(second) ?? 0
        if (toldMs.get(second) === ms) continue
        toldMs.set(second, ms)
        told.push(...zerosBefore(second).map((zero): [number, number] => [zero, 0]), [second, ms])
        lastTold = Math.max(lastTold ?? second, second)
      }
      forgetSettled()
      return told.length === 0 ? EMPTY_SERIES : seriesOf(told)
    },
  }
}

const seriesOf = (told: readonly [second: number, ms: number][]): Series => ({
  timeMs: Float64Array.from(told, ([second]) => second * SECOND_MS),
  value: Float64Array.from(told, ([, ms]) => ms / SECOND_MS),
})
