import { limitAt } from '../../metrics/limitSteps.ts'
import { upperBound } from '../../series/lowerBound.ts'
import { median } from '../../stats/quantile.ts'
import type { Random } from '../../stats/random.ts'
import { epochMs } from '../../units.ts'
import type { Attempts } from '../demand/clientEvents.ts'
import { type Demands, demandsBetween } from '../demand/demands.ts'
import type { WatchedSeries } from '../watchedSeries.ts'
import type { Burst } from './stormBurst.ts'

/** What was wanted in a burst, one entry per demand. */
export type WantedDemands = {
  readonly demand: Int32Array
  readonly arrivalMs: Float64Array
  /** When it was let in, in the record; Infinity where it was not by the horizon. */
  readonly letInMs: Float64Array
  /** How long it keeps its place once it has one; Infinity where it was not seen to end. */
  readonly holdMs: Float64Array
  /** How long a refusal takes. */
  readonly refusalMs: number
}

/**
 * The demands with an attempt in a burst, as the record has them up to the horizon. Who was never
 * let in is given the holding time of a random one of all that ended. Cost O(n).
 */
export function wantedDemands(
  attempts: Attempts,
  demands: Demands,
  burst: Burst,
  horizon: number,
  random: Random,
): WantedDemands {
  const { startMs, endMs, failed, releasedMs } = attempts
  const firsts = demandsBetween(attempts, demands, burst.from, burst.to)
  const holds = releasedMs.map((at, i) => at - startMs[i]!).filter((hold) => !Number.isNaN(hold))
  const letIn = Array.from(firsts, (first) => demands.letIn[demands.ofAttempt[first]!]!)
  const holdOf = (attempt: number) => {
    if (attempt < 0) return holds[Math.floor(random() * holds.length)] ?? Infinity
    const releasedAt = releasedMs[attempt]!
    return Number.isNaN(releasedAt) ? Infinity : releasedAt - startMs[attempt]!
  }
  const took = endMs.map((at, i) => at - startMs[i]!)
  return {
    demand: firsts.map((first) => demands.ofAttempt[first]!),
    arrivalMs: Float64Array.from(firsts, (first) => startMs[first]!),
    letInMs: Float64Array.from(letIn, (attempt) =>
      attempt >= 0 && startMs[attempt]! < horizon ? startMs[attempt]! : Infinity,
    ),
    holdMs: Float64Array.from(letIn, holdOf),
    refusalMs: median(took.filter((_, i) => failed[i]! > 0)) ?? 0,
  }
}

/** Places left by the limit at an instant; Infinity where use or limit is not known. */
export function freeAt(subject: WatchedSeries | null, at: number): number {
  const limit = subject && limitAt(subject.limits, epochMs(at))
  const used = subject?.series.value[upperBound(subject.series.timeMs, at) - 1]
  if (limit === null || used === undefined || Number.isNaN(used)) return Infinity
  return Math.max(0, limit - used)
}

/**
 * How many of the demands may be in at once, asked at instants that never go back: the most that
 * the record has had in so far, or what it has now and what is free besides.
 */
export function createRoom({ letInMs, holdMs }: WantedDemands, free: (at: number) => number) {
  const takenMs = letInMs.filter((at) => at < Infinity).sort()
  const givenBackMs = letInMs
    .map((at, i) => at + holdMs[i]!)
    .filter((at) => at < Infinity)
    .sort()
  let taken = 0
  let givenBack = 0
  let most = 0
  return (at: number) => {
    for (;;) {
      const nextTaken = takenMs[taken] ?? Infinity
      const nextGivenBack = givenBackMs[givenBack] ?? Infinity
      if (Math.min(nextTaken, nextGivenBack) > at) break
      // On one instant a place is given back before it is taken again.
      if (nextGivenBack <= nextTaken) givenBack += 1
      else taken += 1
      most = Math.max(most, taken - givenBack)
    }
    return Math.max(most, taken - givenBack + free(at))
  }
}
