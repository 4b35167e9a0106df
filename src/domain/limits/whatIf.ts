import type { Attempts } from '../evidence/demand/clientEvents.ts'
import { attemptsBetween } from '../evidence/demand/demands.ts'
import { MAX_WALL_SHARE, MIN_ENDED, wallShare } from '../evidence/enough/enough.ts'
import { takenPlaces, windowDemand } from '../evidence/enough/enoughDemand.ts'
import { replaysOf } from '../evidence/enough/enoughReplay.ts'
import type { FailureColumns, WatchedSeries } from '../evidence/watchedSeries.ts'
import { type LimitSteps, limitAt } from '../metrics/limitSteps.ts'
import type { Series } from '../series/series.ts'
import { within } from '../series/within.ts'
import { seededRandom } from '../stats/random.ts'
import type { EpochMs } from '../units.ts'
import { type WhatIfBins, whatIfBins } from './whatIfBins.ts'
import { turnedAway } from './whatIfPlay.ts'

/** What a recorded window would have been like under another limit. */
export type WhatIf =
  /** By replay of the demands of clients that are told apart, retries folded. */
  | { kind: 'replay'; limit: number; lost: number; of: number; curve: readonly WhatIfPoint[] }
  /** From counts alone. */
  | {
      kind: 'bounds'
      limit: number
      /** Each refusal was a retry of somebody who got in; who waits for a place wants no other meanwhile. */
      low: number
      /** Each refusal was somebody new; or who meets a full house waits and keeps it full. */
      high: number
      /** Attempts, retries among them. */
      of: number
      /** Share of the window in which use and attempts were both known, 0–1. */
      watched: number
      curve: readonly WhatIfPoint[]
    }
  /** The limit that was in force all the time: what really happened. */
  | { kind: 'recorded'; limit: number; lost: number; of: number }
  | { kind: 'refused'; limit: number; reason: WhatIfRefusal; atLeast: number | null }

export type WhatIfRefusal =
  | 'not-measured'
  | 'other-attempts'
  | 'no-attempts'
  | 'few-sessions'
  | 'rejections-unseen'
  | 'no-limit'
  | 'at-wall-too-long'
  | 'gaps'

/** How many would have been turned away under a limit; equal ends where clients are told apart. */
export type WhatIfPoint = { limit: number; low: number; high: number }

/** Columns oldest first; they may reach beyond the window. Survives `structuredClone`. */
export type WhatIfInput = {
  from: EpochMs
  to: EpochMs
  subject: WatchedSeries
  /** False where attempts are counted at another limit than this one. */
  hasAttempts: boolean
  attempts: Series | null
  capacity: FailureColumns
  /** Null where clients are not told apart. */
  clients: Attempts | null
  limit: number
}

const CURVE_POINTS = 24
/** With less of the window watched, what was turned away in the rest would be a guess. */
const LEAST_WATCHED = 0.5
/** Clients whose attempts are a smaller share of all are a sample (as in `raiseBins`). */
const CLIENTS_COVER = 0.8

/**
 * How many attempts of a recorded window another limit, higher or lower, would have turned away.
 *
 * Where clients are told apart the demands are replayed, retries folded, as `enoughOf` does. Where only
 * counts are known the answer is two bounds. Refuses where `enoughOf` would: rejections that nobody
 * saw, or a window that was mostly at the wall, hide how much was wanted. Costs a play per point of the
 * curve, each O(n).
 */
export function whatIf(input: WhatIfInput): WhatIf {
  const { from, to, subject, limit } = input
  const count = within(subject.series, from, to)
  const refuse = (reason: WhatIfRefusal, atLeast: number | null = null): WhatIf => ({
    kind: 'refused',
    limit,
    reason,
    atLeast,
  })
  if (!(to > from) || !count.value.some(Number.isFinite)) return refuse('not-measured')
  if (!input.hasAttempts) return refuse('other-attempts', overshoot(count.value, limit) || null)
  const refusals = failuresIn(input.capacity, from, to)
  const refused = sumOf(refusals.count)
  const counted = input.attempts && within(input.attempts, from, to)
  const attempts = counted && counted.value.some(Number.isFinite) ? counted : null
  const clients = input.clients && doCover(input.clients, attempts, input) ? input.clients : null
  const atWall = wallShare(subject, count)
  const isBlind = refused === 0 && atWall > 0
  const isUnlimited = refused === 0 && limitAt(subject.limits, to) === null
  const inForce = onlyLimit(subject.limits, from, to)
  const all = attempts ? Math.max(refused, sumOf(attempts.value)) : null
  if (limit === inForce && all !== null && !isBlind)
    return { kind: 'recorded', limit, lost: refused, of: all }
  if (clients) {
    const demand = windowDemand(clients, from, to)
    if (demand.ended >= MIN_ENDED) {
      if (isBlind) return refuse('rejections-unseen')
      if (isUnlimited) return refuse('no-limit')
      const others = takenPlaces(clients, count, from, demand.arrivalMs).at
      const replays = replaysOf(demand, others, seededRandom(from + to))
      const of = demand.arrivalMs.length
      const curve = replays.curve([limit, inForce ?? limit]).map((point) => ({
        limit: point.limit,
        low: point.rejected * of,
        high: point.rejected * of,
      }))
      const lost = curve.find((point) => point.limit === Math.round(limit))!.low
      return { kind: 'replay', limit, lost, of, curve }
    }
    if (!attempts) return refuse('few-sessions')
  }
  if (!attempts || all === null) return refuse('no-attempts')
  const bins = whatIfBins(count, attempts, refusals, input)
  const low = lowest(bins, limit)
  if (isBlind) return refuse('rejections-unseen', low > 0 ? low : null)
  if (isUnlimited) return refuse('no-limit', low > 0 ? low : null)
  if (atWall > MAX_WALL_SHARE) return refuse('at-wall-too-long', low > 0 ? low : null)
  const watched = watchedShare(bins)
  if (watched < LEAST_WATCHED) return refuse('gaps')
  const high = Math.min(all, highestLost(bins, limit))
  const curve = curveLimits(bins, [limit, inForce ?? limit]).map((one) => ({
    limit: one,
    low: lowest(bins, one),
    high: Math.min(all, highestLost(bins, one)),
  }))
  return { kind: 'bounds', limit, low, high: Math.max(low, high), of: all, watched, curve }
}

/** Each of those who were in beyond a lower limit would have been turned away once, if no more. */
const lowest = ({ open }: WhatIfBins, limit: number) => overshoot(open, limit)

const overshoot = (open: Float64Array, limit: number) =>
  open.reduce((most, value) => Math.max(most, value - limit || 0), 0)

const highestLost = (bins: WhatIfBins, limit: number) =>
  Math.max(
    turnedAway(bins, limit, { isEachNew: true, doWait: false }),
    turnedAway(bins, limit, { isEachNew: false, doWait: true }),
  )

/** The limit that was in force in all of a window; null where it changed or was not known. */
function onlyLimit(steps: LimitSteps, from: EpochMs, to: EpochMs): number | null {
  const first = limitAt(steps, from)
  const isSame = steps.every((step) => step.from <= from || step.from >= to || step.value === first)
  return isSame ? first : null
}

/** Whether the clients that are told apart make most of the attempts of a window. */
function doCover(
  clients: Attempts,
  attempts: Series | null,
  { from, to }: Pick<WhatIfInput, 'from' | 'to'>,
): boolean {
  const [first, end] = attemptsBetween(clients, from, to)
  return end > first && (!attempts || end - first >= CLIENTS_COVER * sumOf(attempts.value))
}

function failuresIn({ timeMs, count }: FailureColumns, from: EpochMs, to: EpochMs): FailureColumns {
  const isIn = (i: number) => timeMs[i]! >= from && timeMs[i]! < to
  return { timeMs: timeMs.filter((_, i) => isIn(i)), count: count.filter((_, i) => isIn(i)) }
}

/** Whole limits from half of the lowest that matters to a quarter above the highest. */
function curveLimits({ open }: WhatIfBins, some: readonly number[]): number[] {
  const peak = open.reduce((most, value) => (value > most ? value : most), 1)
  const low = Math.min(...some, peak) / 2
  const high = Math.max(...some, peak) * 1.25
  const even = Array.from(
    { length: CURVE_POINTS },
    (_, i) => low + (i * (high - low)) / (CURVE_POINTS - 1),
  )
  const whole = [...some, ...even].map((limit) => Math.round(limit))
  return [...new Set(whole)].toSorted((a, b) => a - b)
}

function watchedShare({ open, accepted }: WhatIfBins): number {
  const known = open.filter((value, bin) => !Number.isNaN(value + accepted[bin]!))
  return known.length / open.length
}

const sumOf = (column: Float64Array) =>
  column.reduce((sum, value) => sum + (Number.isFinite(value) ? value : 0), 0)
