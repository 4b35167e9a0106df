import { median } from '../../stats/quantile.ts'
import { type Random, seededRandom } from '../../stats/random.ts'
import { durationMs } from '../../units.ts'
import type { Attempts } from '../demand/clientEvents.ts'
import { attemptsBetween, type Demands, demandsOf } from '../demand/demands.ts'
import type { WatchedSeries } from '../watchedSeries.ts'
import { createRoom, freeAt, type WantedDemands, wantedDemands } from './backoffDemand.ts'
import type { BackoffStudy } from './storm.ts'
import type { Burst } from './stormBurst.ts'
import { createTimeQueue } from './timeQueue.ts'

/** The pause after a first failure; it doubles with each further one, up to the cap. */
const BASE_MS = 1_000
const CAP_MS = 60_000
const SECOND = 1_000

type Policy = Exclude<BackoffStudy['policy'], 'recorded'>

/**
 * The pause before the next attempt, by the number of failures so far. Full jitter: Brooker, AWS
 * Architecture Blog 2015.
 */
const PAUSES: Readonly<Record<Policy, (failures: number, random: Random) => number>> = {
  exponential: (failures) => Math.min(CAP_MS, BASE_MS * 2 ** (failures - 1)),
  fullJitter: (failures, random) => random() * Math.min(CAP_MS, BASE_MS * 2 ** (failures - 1)),
}

export type BackoffQuestion = {
  burst: Burst
  /** Nothing is known from then on. */
  until: number
  /** The metric with the limit, for what was free after the burst. */
  subject: WatchedSeries | null
}

/**
 * What exponential back-off (1 s, doubling, at most 60 s), without and with full jitter, would have
 * made of the demands of a burst; first, what happened. All three are counted until a minute after
 * the burst, or until the window ends.
 *
 * The same demands arrive at the same times. During the burst there is room for as many as the
 * record has let in at once so far: a place that was taken is a place that can be taken, and none
 * besides. After it there is what the limit left free, and room for everyone where that is not
 * known, since nobody was refused then. Who was let in keeps the place as long as in the record;
 * who never was, as long as a random one of the others. Nobody gives up, which makes the answer no
 * better than it is. One run, the same for the same burst. Cost O(a log a) in simulated attempts.
 */
export function backoffStudies(
  attempts: Attempts,
  { burst, until, subject }: BackoffQuestion,
): BackoffStudy[] {
  const horizon = Math.max(burst.to, Math.min(until, burst.to + CAP_MS))
  const random = seededRandom(burst.from)
  const demands = demandsOf(attempts)
  const wanted = wantedDemands(attempts, demands, burst, horizon, random)
  if (wanted.arrivalMs.length === 0) return []
  const simulated = (policy: Policy): BackoffStudy => {
    const room = createRoom(wanted, (at) => (at < burst.to ? 0 : freeAt(subject, at)))
    return simulate(wanted, policy, room, horizon, random)
  }
  return [
    recorded(attempts, demands, wanted, burst.from, horizon),
    simulated('exponential'),
    simulated('fullJitter'),
  ]
}

function simulate(
  { arrivalMs, holdMs, refusalMs }: WantedDemands,
  policy: Policy,
  room: (at: number) => number,
  horizon: number,
  random: Random,
): BackoffStudy {
  const due = createTimeQueue()
  const releases = createTimeQueue()
  const failures = new Int32Array(arrivalMs.length)
  const waits: number[] = []
  const times: number[] = []
  let held = 0
  arrivalMs.forEach((at, demand) => due.push(at, demand))
  for (let next = due.pop(); next && next.at < horizon; next = due.pop()) {
    const { at, id } = next
    times.push(at)
    while (releases.nextAt() <= at) {
      releases.pop()
      held -= 1
    }
    if (held < room(at)) {
      held += 1
      releases.push(at + holdMs[id]!, id)
      waits.push(at - arrivalMs[id]!)
    } else {
      failures[id]! += 1
      due.push(at + refusalMs + PAUSES[policy](failures[id]!, random), id)
    }
  }
  return study(policy, times, waits, arrivalMs.length)
}

/** What happened, counted the same way. */
function recorded(
  attempts: Attempts,
  { ofAttempt }: Demands,
  { demand, arrivalMs, letInMs }: WantedDemands,
  from: number,
  horizon: number,
): BackoffStudy {
  const wanted = new Set(demand)
  const [first, end] = attemptsBetween(attempts, from, horizon)
  const times = attempts.startMs.subarray(first, end)
  const waits = letInMs.map((at, i) => at - arrivalMs[i]!).filter((wait) => wait < Infinity)
  return study(
    'recorded',
    times.filter((_, i) => wanted.has(ofAttempt[first + i]!)),
    waits,
    demand.length,
  )
}

/** `times` of all attempts, in order. */
function study(
  policy: BackoffStudy['policy'],
  times: ArrayLike<number> & Iterable<number>,
  waits: ArrayLike<number>,
  demands: number,
): BackoffStudy {
  const wait = median(waits)
  return {
    policy,
    attempts: times.length,
    amplification: times.length / demands,
    peakPerSec: busiestSecond(times),
    served: waits.length,
    medianWaitMs: wait === null ? null : durationMs(wait),
  }
}

function busiestSecond(times: Iterable<number>): number {
  let second = Number.NaN
  let count = 0
  let most = 0
  for (const at of times) {
    const now = Math.floor(at / SECOND)
    count = now === second ? count + 1 : 1
    second = now
    most = Math.max(most, count)
  }
  return most
}
