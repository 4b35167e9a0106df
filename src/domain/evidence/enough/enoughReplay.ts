import type { Interval } from '../../stats/interval.ts'
import { quantile } from '../../stats/quantile.ts'
import type { Random } from '../../stats/random.ts'
import { HOUR_MS } from '../../units.ts'
import type { WindowDemand } from './enoughDemand.ts'
import { createReplay, type Replay } from './replay.ts'

const DRAWS = 200
/** Beyond 20 000 demands there are fewer draws, so that a long window does not take minutes. */
const DEMANDS_DRAWN = 4_000_000
const MIN_DRAWS = 25
const CURVE_DRAWS = 20
const CURVE_POINTS = 25

export type Replays = {
  /**
   * The smallest limit that refuses at most this share: median, 5 and 95 % over the draws. The
   * better the guess, the quicker.
   */
  enough: (target: number, guess: number) => Interval
  /** The refused share for about 25 limits around some that matter, those included; ascending. */
  curve: (around: readonly number[]) => { limit: number; rejected: number }[]
}

/**
 * Many replays of the demands of a window. Each demand keeps its place for its own time; one that
 * was never let in, for a draw from those that arrived in the same hour (of all, where that hour
 * has none). Without such ones nothing is drawn and one replay says all.
 */
export function replaysOf(
  demand: WindowDemand,
  others: ArrayLike<number>,
  random: Random,
): Replays {
  const replay = createReplay(demand.arrivalMs, others)
  const drawAgain = holdPlaces(demand, replay, random)
  return {
    enough: (target, guess) => enoughOver(demand, replay, drawAgain, target, guess),
    curve: (around) => curveOver(replay, drawAgain, limitsAround(around)),
  }
}

/**
 * Tells the replay how long places are kept. What is returned draws anew for those that never had
 * one; null where there are none.
 */
function holdPlaces({ arrivalMs, holdMs }: WindowDemand, replay: Replay, random: Random) {
  const hourOf = (demand: number) => Math.floor(arrivalMs[demand]! / HOUR_MS)
  const pools = new Map<number, number[]>()
  const all: number[] = []
  const unknown: number[] = []
  holdMs.forEach((kept, demand) => {
    replay.hold(demand, kept)
    if (Number.isNaN(kept)) unknown.push(demand)
    if (!Number.isFinite(kept)) return
    const hour = hourOf(demand)
    if (!pools.has(hour)) pools.set(hour, [])
    pools.get(hour)!.push(kept)
    all.push(kept)
  })
  if (unknown.length === 0) return null
  return () => {
    for (const demand of unknown) {
      const pool = pools.get(hourOf(demand)) ?? all
      replay.hold(demand, pool[Math.floor(random() * pool.length)] ?? Infinity)
    }
  }
}

/** Median and 5–95 % over the draws; one number where nothing needs to be drawn. */
function enoughOver(
  { arrivalMs }: WindowDemand,
  replay: Replay,
  drawAgain: (() => void) | null,
  target: number,
  guess: number,
): Interval {
  const affordable = Math.floor(DEMANDS_DRAWN / arrivalMs.length)
  const draws = drawAgain ? Math.min(DRAWS, Math.max(MIN_DRAWS, affordable)) : 1
  const limits: number[] = []
  for (let i = 0; i < draws; i++) {
    drawAgain?.()
    limits.push(replay.smallestLimit(target, limits.at(-1) ?? guess))
  }
  const at = (q: number) => Math.round(quantile(limits, q) ?? 0)
  return { value: at(0.5), low: at(0.05), high: at(0.95) }
}

/** The refused share at each limit, on average over some draws. */
function curveOver(replay: Replay, drawAgain: (() => void) | null, limits: readonly number[]) {
  const draws = drawAgain ? CURVE_DRAWS : 1
  const sums = new Float64Array(limits.length)
  for (let i = 0; i < draws; i++) {
    drawAgain?.()
    for (const [j, limit] of limits.entries()) sums[j]! += replay.refusedShare(limit)
  }
  return limits.map((limit, j) => ({ limit, rejected: sums[j]! / draws }))
}

/**
 * About 25 whole limits from a little below the lowest of some to a little above the highest, those
 * included.
 */
function limitsAround(some: readonly number[]): number[] {
  const low = Math.floor(Math.min(...some) * 0.8)
  const high = Math.ceil(Math.max(...some) * 1.15) + 1
  const step = (high - low) / (CURVE_POINTS - some.length)
  const even = Array.from({ length: CURVE_POINTS - some.length + 1 }, (_, i) => low + i * step)
  const whole = [...some, ...even].map((limit) => Math.round(limit))
  return [...new Set(whole)].toSorted((a, b) => a - b)
}
