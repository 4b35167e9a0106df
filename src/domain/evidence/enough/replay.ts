import { lowerBound } from '../../series/lowerBound.ts'

/**
 * The same demands played again under any limit: who meets a full house is refused and goes away
 * for good.
 */
export type Replay = {
  /**
   * How long a demand keeps its place once it has one. To be said of all of them before anything is
   * asked.
   */
  hold: (demand: number, holdMs: number) => void
  /** Share of the demands that a limit refuses, 0–1. O(n). */
  refusedShare: (limit: number) => number
  /**
   * The smallest limit that refuses at most this share; the nearer `near` is to it, the fewer plays
   * it takes.
   */
  smallestLimit: (target: number, near: number) => number
}

/** Rounding must not make 1 % of 300 less than 3. */
const ROUNDING = 1e-9

/**
 * A replay of demands that arrive at `arrivalMs` (ascending), with `others` places taken by
 * somebody else at each arrival.
 *
 * A place that a demand takes is free again for the first arrival at or after its end. That arrival
 * does not depend on the limit, so it is looked up once per holding time (O(log n)), and a play is
 * one walk over the arrivals that needs no queue.
 */
export function createReplay(arrivalMs: Float64Array, others: ArrayLike<number>): Replay {
  const count = arrivalMs.length
  /** The arrival that finds a demand's place free again; `count` where none does. */
  const freeFor = new Int32Array(count).fill(count)
  const freed = new Int32Array(count + 1)

  /**
   * Plays once; gives what was refused, and the most places that were taken at once, others'
   * included.
   */
  function play(limit: number): { refused: number; most: number } {
    freed.fill(0)
    let held = 0
    let refused = 0
    let most = 0
    for (let i = 0; i < count; i++) {
      held -= freed[i]!
      const taken = held + (others[i] ?? 0)
      if (taken < limit) {
        held += 1
        freed[freeFor[i]!]! += 1
        if (taken >= most) most = taken + 1
      } else refused += 1
    }
    return { refused, most }
  }

  return {
    hold(demand, holdMs) {
      const endMs = arrivalMs[demand]! + Math.max(0, holdMs)
      freeFor[demand] = Number.isNaN(endMs) ? count : lowerBound(arrivalMs, endMs, demand + 1)
    },
    refusedShare: (limit) => (count > 0 ? play(limit).refused / count : 0),
    smallestLimit(target, near) {
      const allowed = target * count + ROUNDING
      const isEnough = (limit: number) => play(limit).refused <= allowed
      let tooFew = -1
      let enough = play(Infinity).most
      // Close in on the guess from both sides in growing steps, then halve what is left.
      let step = 1
      for (let limit = Math.round(near); limit > tooFew && limit < enough; step *= 2) {
        if (isEnough(limit)) {
          enough = limit
          limit -= step
        } else {
          tooFew = limit
          limit += step
        }
      }
      while (enough - tooFew > 1) {
        const middle = Math.floor((tooFew + enough) / 2)
        if (isEnough(middle)) enough = middle
        else tooFew = middle
      }
      return enough
    },
  }
}
