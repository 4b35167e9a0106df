import { upperBound } from '../../series/lowerBound.ts'
import type { Series } from '../../series/series.ts'
import type { Attempts } from '../demand/clientEvents.ts'
import { attemptsBetween, demandsBetween, demandsOf } from '../demand/demands.ts'

/** What was wanted within a window, retries folded, and how long what was let in was kept. */
export type WindowDemand = {
  /** When each demand was first heard of, ascending. */
  readonly arrivalMs: Float64Array
  /**
   * How long each kept its place: Infinity where that was not seen to end, NaN where it never got
   * one.
   */
  readonly holdMs: Float64Array
  /** Attempts that failed. */
  readonly refused: number
  /** Places given back within the window, and the time within it that places were kept, summed. */
  readonly ended: number
  readonly keptMs: number
}

/**
 * The demands with an attempt within [from, to). Places taken before the window count for the
 * holding time with what lies inside, which the memory-less estimate allows. Cost O(n).
 */
export function windowDemand(attempts: Attempts, from: number, to: number): WindowDemand {
  const { startMs, failed, releasedMs } = attempts
  const demands = demandsOf(attempts)
  const firsts = demandsBetween(attempts, demands, from, to)
  const [first, end] = attemptsBetween(attempts, from, to)
  let ended = 0
  let keptMs = 0
  for (let i = 0; i < end; i++) {
    const releasedAt = releasedMs[i]!
    if (failed[i] || releasedAt <= from) continue
    const isEnded = releasedAt <= to
    keptMs += (isEnded ? releasedAt : to) - Math.max(startMs[i]!, from)
    if (isEnded) ended += 1
  }
  return {
    arrivalMs: Float64Array.from(firsts, (attempt) => startMs[attempt]!),
    holdMs: Float64Array.from(firsts, (attempt) => {
      const letIn = demands.letIn[demands.ofAttempt[attempt]!]!
      if (letIn < 0) return Number.NaN
      const holdMs = releasedMs[letIn]! - startMs[letIn]!
      return Number.isNaN(holdMs) ? Infinity : holdMs
    }),
    refused: failed.subarray(first, end).reduce((sum, one) => sum + one, 0),
    ended,
    keptMs,
  }
}

/** Places that are taken by none of the demands of a window. */
export type TakenPlaces = {
  /** At each of the instants asked for. */
  readonly at: Float64Array
  /** Those that no known attempt holds, on average over the samples. */
  readonly strangers: number
}

/**
 * Places that were taken besides those of the demands since `from`: by attempts of before, and by
 * strangers, which are what the count says less what all known attempts have open (other apps, and
 * what was opened before anybody listened).
 *
 * Between samples of the count the last one stands; before the first, the first; where it says less
 * than the attempts do, there are no strangers. `instants` ascending. Cost O(n log n).
 */
export function takenPlaces(
  attempts: Attempts,
  count: Series,
  from: number,
  instants: Float64Array,
): TakenPlaces {
  const openAt = openCount(attempts, Infinity)
  const earlierAt = openCount(attempts, from)
  const times: number[] = []
  const strangers: number[] = []
  count.timeMs.forEach((at, i) => {
    const value = count.value[i]!
    if (Number.isNaN(value)) return
    times.push(at)
    strangers.push(Math.max(0, Math.round(value - openAt(at))))
  })
  const sum = strangers.reduce((total, held) => total + held, 0)
  return {
    at: instants.map(
      (at) => earlierAt(at) + (strangers[Math.max(0, upperBound(times, at) - 1)] ?? 0),
    ),
    strangers: strangers.length > 0 ? sum / strangers.length : 0,
  }
}

/** How many of the attempts that started before `before` have a place at an instant. */
function openCount({ startMs, failed, releasedMs }: Attempts, before: number) {
  const isCounted = (attempt: number) => failed[attempt] === 0 && startMs[attempt]! < before
  const takenMs = startMs.filter((_, i) => isCounted(i))
  const givenBackMs = releasedMs.filter((at, i) => isCounted(i) && !Number.isNaN(at)).sort()
  return (at: number) => upperBound(takenMs, at) - upperBound(givenBackMs, at)
}
