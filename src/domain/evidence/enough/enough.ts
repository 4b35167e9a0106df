import { limitAt } from '../../metrics/limitSteps.ts'
import { EMPTY_SERIES, type Series } from '../../series/series.ts'
import { within } from '../../series/within.ts'
import { serversFor } from '../../stats/erlang.ts'
import type { Interval } from '../../stats/interval.ts'
import { quantile } from '../../stats/quantile.ts'
import { seededRandom } from '../../stats/random.ts'
import { type DurationMs, durationMs, type EpochMs, epochMs } from '../../units.ts'
import type { Attempts } from '../demand/clientEvents.ts'
import { wallMask } from '../verdict/wallBand.ts'
import type { WatchedSeries } from '../watchedSeries.ts'
import { takenPlaces, windowDemand } from './enoughDemand.ts'
import { replaysOf } from './enoughReplay.ts'

/** Which limit would have been enough for the demand of a window (evidence-methods §7). */
export type Enough =
  | {
      kind: 'answer'
      /** Share of the demands that may be rejected, e.g. 0.01. */
      target: number
      /** By replay of the recorded demands: median and 5–95 %. */
      replay: Interval
      /** By Erlang B from offered load. */
      erlang: number
      /** |difference| / larger of the two. */
      modelRisk: number
      /** Offered load in erlang, mean holding time, and what they rest on. */
      offered: number
      holdingMs: DurationMs
      demands: number
      ended: number
      /** Rejected share of the demands per limit, for the picture: by replay. Ascending limits. */
      curve: readonly { limit: number; rejected: number }[]
      /**
       * Places held on average by those whose attempts are not known; part of `offered` and of the
       * limits.
       */
      others?: number
    }
  | {
      kind: 'refused'
      reason:
        | 'no-clients'
        | 'few-sessions'
        | 'rejections-unseen'
        | 'no-limit'
        | 'no-demand'
        | 'at-wall-too-long'
      /** N_low: at least this would have been needed; null where not even that can be said. */
      atLeast: number | null
      /** N_high, where it is near enough to N_low for the two to be an answer; by Erlang B. */
      atMost?: number
    }

/** What is known of attempts where clients are not told apart. */
export type AttemptCounts = { accepted: number; rejected: number; holdingMs: number }

export type EnoughQuestion = {
  /** Null where clients are not told apart. */
  attempts: Attempts | null
  from: EpochMs
  to: EpochMs
  /**
   * The metric that the limit limits: for its limit, its time at the wall, and the places that
   * others hold.
   */
  subject: WatchedSeries | null
  /** Share of the demands that may be rejected, 1 % where not given. */
  target?: number
  /** For the bounds, where there are no attempts of clients. */
  counts?: AttemptCounts
}

type Refused = Extract<Enough, { kind: 'refused' }>

const TARGET = 0.01
/** Fewer ended sessions than this have no mean holding time (evidence-methods §7). */
export const MIN_ENDED = 30
/** N_low and N_high no further apart than this share are an answer. */
const MAX_APART = 0.25
/** Above this share of the window at the wall, demand that is not told apart cannot be bounded. */
export const MAX_WALL_SHARE = 0.5

/**
 * Which limit would have refused at most 1 % of the demands of a window? By replay of the recorded
 * demands, and by Erlang B.
 *
 * Retries are folded: a client that tries until it is let in is one demand at its first time. Each
 * demand is held for its own time; one that was never let in, for a draw from those that began in
 * the same hour (200 draws: median, 5 to 95 %); one still open at the end of the window, until
 * then. Mean holding time = time kept / number that ended (Epstein & Sobel, JASA 48:486–502, 1953).
 * Places that the count shows taken and no known client holds stay taken, in both methods. Nothing
 * here holds if clients keep what they have longer because coming back fails.
 *
 * Refuses with the least that can be said: without clients told apart, below 30 ended sessions, and
 * where nobody was refused though the wall was reached (or is not known), for then demand above it
 * was not seen. The same window gives the same draws. Cost O(n) per play, some 1 000 plays: 20 000
 * demands take about half a second.
 */
export function enoughOf(question: EnoughQuestion): Enough {
  const { attempts, from, to, subject, target: wanted = TARGET } = question
  const target = wanted > 0 && wanted < 1 ? wanted : TARGET
  const count = subject ? within(subject.series, from, to) : EMPTY_SERIES
  const atWall = subject ? wallShare(subject, count) : 0
  if (!(to > from)) return refusal('no-demand', null)
  if (!attempts) return boundsOnly(question, target, { atWall, held: heldMostly(count, target) })
  const demand = windowDemand(attempts, from, to)
  if (demand.arrivalMs.length === 0) return refusal('no-demand', null)
  if (demand.ended < MIN_ENDED) return refusal('few-sessions', null)
  const taken = takenPlaces(attempts, count, from, demand.arrivalMs)
  const holdingMs = demand.keptMs / demand.ended
  const offered = (demand.arrivalMs.length / (to - from)) * holdingMs + taken.strangers
  const erlang = serversFor(offered, target)
  const limit = subject && limitAt(subject.limits, to)
  if (demand.refused === 0 && limit === null) return refusal('no-limit', erlang)
  if (demand.refused === 0 && atWall > 0) return refusal('rejections-unseen', erlang)
  const replays = replaysOf(demand, taken.at, seededRandom(from + to))
  const replay = replays.enough(target, erlang)
  return {
    kind: 'answer',
    target,
    replay,
    erlang,
    modelRisk: Math.abs(replay.value - erlang) / Math.max(1, replay.value, erlang),
    offered,
    holdingMs: durationMs(holdingMs),
    demands: demand.arrivalMs.length,
    ended: demand.ended,
    curve: replays.curve([replay.value, erlang, limit ?? erlang]),
    others: taken.strangers,
  }
}

/**
 * What counts alone allow: each rejection a retry of someone seen (N_low), or each a new demand
 * (N_high). Erlang B takes demand to be even. Where more was held for longer than it may be
 * exceeded, demand came in waves: what was held is then the least, and there is no most.
 */
function boundsOnly(
  { counts, from, to }: EnoughQuestion,
  target: number,
  { atWall, held }: { atWall: number; held: number },
): Refused {
  const { accepted = 0, rejected = 0, holdingMs = 0 } = counts ?? {}
  const needed = (demands: number) => serversFor((demands / (to - from)) * holdingMs, target)
  const byCounts = needed(accepted)
  const atMost = needed(accepted + rejected)
  if (!(byCounts > 0 && atMost < Infinity)) return refusal('no-clients', null)
  const atLeast = Math.max(byCounts, held)
  if (atWall > MAX_WALL_SHARE) return refusal('at-wall-too-long', atLeast)
  if (!(rejected > 0) && atWall > 0) return refusal('rejections-unseen', atLeast)
  const isNear = atMost >= held && atMost - atLeast <= MAX_APART * atMost
  return { ...refusal('no-clients', atLeast), ...(isNear ? { atMost } : {}) }
}

/**
 * The level that was exceeded for no more than the target share of the samples; 0 without samples.
 */
const heldMostly = ({ value }: Series, target: number) =>
  Math.ceil(quantile(value, 1 - target) ?? 0)

const refusal = (reason: Refused['reason'], atLeast: number | null): Refused => ({
  kind: 'refused',
  reason,
  atLeast,
})

/** Share of the samples with a known limit that stand in its wall band. */
export function wallShare({ limits }: WatchedSeries, { timeMs, value }: Series): number {
  const inForce = Float64Array.from(timeMs, (at) => limitAt(limits, epochMs(at)) ?? Number.NaN)
  const known = value.filter((one, i) => !Number.isNaN(one + inForce[i]!)).length
  const atWall = wallMask(value, inForce).reduce((sum, one) => sum + one, 0)
  return known > 0 ? atWall / known : 0
}
