import type { EpochMs } from '#domain/units.ts'

const MINUTE_MS = 60_000
/** How long it is remembered what others used. */
const REMEMBERED_MS = 10 * MINUTE_MS
/** From here on Tidemark asks no more in a minute and sees no more of it: others go on, by about so much. */
const UNSEEN_FROM = 0.85
const UNSEEN_FACTOR = 1.25
/** What others are taken to use once Tidemark was refused: more than its own half can stand beside. */
const PRESSING_SHARE = 0.8

type Reading = { count: number; allowed: number; own: number }

/**
 * What the other clients behind one allowance use in a busy minute: what Tidemark leaves to them, also
 * in the minutes before they come.
 */
export function createNeighbours() {
  /** The most that others used in a minute, by the number of the minute. */
  const peaks = new Map<number, number>()
  /** When Tidemark was last refused, and what was allowed then. */
  let refused: { at: EpochMs; allowed: number } | null = null

  function forgetOld(now: EpochMs) {
    for (const minute of peaks.keys())
      if (Math.abs(now - minute * MINUTE_MS) > REMEMBERED_MS) peaks.delete(minute)
  }

  return {
    /** A reply told how many requests there have been in the server's minute; `own` of them were ours. */
    heard(now: EpochMs, { count, allowed, own }: Reading) {
      const others = Math.max(0, count - own)
      const used = count >= allowed * UNSEEN_FROM ? others * UNSEEN_FACTOR : others
      const minute = Math.floor(now / MINUTE_MS)
      peaks.set(minute, Math.max(peaks.get(minute) ?? 0, Math.min(allowed, used)))
    },
    /** A request of ours was one too many. */
    refusedUs(now: EpochMs, allowed: number) {
      refused = { at: now, allowed }
    },
    /**
     * Requests in a busy minute, as seen in two of the last ten: once is no habit. A refusal is no
     * habit either, but no second one may follow it: room is left for ten minutes.
     */
    usual(now: EpochMs): number {
      forgetOld(now)
      if (refused && Math.abs(now - refused.at) > REMEMBERED_MS) refused = null
      const seen = [...peaks.values()].toSorted((a, b) => b - a)[1] ?? 0
      return Math.max(seen, refused ? refused.allowed * PRESSING_SHARE : 0)
    },
  }
}
