import type { Series } from '#domain/series/series.ts'
import { createSecondSlots } from './secondSlots.ts'
import { createSlotNews } from './slotNews.ts'

/** Samples further apart than this, and than ten usual distances, leave a gap: nobody counted in between. */
const GAP_MS = 30_000
const GAP_DISTANCES = 10

type Point = { atMs: number; value: number }

/** The highest level (threads, virtual users) of each second, at the instant it was written: a peak is never averaged away. */
export function createLevelPeaks() {
  const seconds = createSecondSlots()
  const news = createSlotNews()
  const atMs: number[] = []
  const value: number[] = []
  /** Pauses that may turn out to be gaps, as the rest of the file goes: the peak before each, and its length. */
  const pauses = new Map<number, number>()
  /** The instants of the peaks behind which a gap was told. */
  const toldGaps = new Set<number>()
  let toldTo = Number.NEGATIVE_INFINITY

  /** How long a pause may be that is none yet. */
  function longestPauseMs(): number {
    const order = seconds.inOrder()
    const distances = order.slice(1).map((slot, i) => atMs[slot]! - atMs[order[i]!]!)
    return Math.max(GAP_MS, GAP_DISTANCES * median(distances))
  }

  const peakAt = (slot: number): Point => ({ atMs: atMs[slot]!, value: value[slot]! })
  const gapAfter = (slot: number): Point => ({ atMs: atMs[slot]! + 1, value: NaN })

  return {
    hasAny: () => seconds.size() > 0,
    add(at: number, count: number) {
      const slot = seconds.slotOf(at)
      if (slot === atMs.length) {
        atMs.push(at)
        value.push(count)
      } else {
        const peak = value[slot]!
        if (count < peak || (count === peak && at >= atMs[slot]!)) return
        atMs[slot] = at
        value[slot] = count
      }
      news.mark(slot)
    },
    /** Oldest first, with a NaN after the last sample before a gap. */
    series(): Series {
      const order = seconds.inOrder()
      const longestMs = longestPauseMs()
      const gaps = order.filter((slot, i) => {
        const next = order[i + 1]
        return next !== undefined && atMs[next]! - atMs[slot]! > longestMs
      })
      return seriesOf([...order.map(peakAt), ...gaps.map(gapAfter)])
    },
    /**
     * The seconds before `before` whose peak is new or higher than when it was last told, and the
     * gaps between them. A peak that rose leaves the lower sample of its second standing; a gap that
     * was told stays one, although the usual distance became longer.
     */
    news(before: number): Series {
      const told = news.take((slot) => seconds.second(slot) < before)
      // A peak that moved changes the pauses beside it.
      const isLate = told.some((slot) => seconds.second(slot) <= toldTo)
      for (const slot of told) toldTo = Math.max(toldTo, seconds.second(slot))
      seconds.walk(before, isLate, (slot, next) => {
        const pauseMs = atMs[next]! - atMs[slot]!
        if (pauseMs > GAP_MS && !toldGaps.has(atMs[slot]!)) pauses.set(slot, pauseMs)
        else pauses.delete(slot)
      })
      const longestMs = pauses.size > 0 ? longestPauseMs() : GAP_MS
      const gaps = [...pauses].filter(([, pauseMs]) => pauseMs > longestMs).map(([slot]) => slot)
      for (const slot of gaps) {
        pauses.delete(slot)
        toldGaps.add(atMs[slot]!)
      }
      return seriesOf([...told.map(peakAt), ...gaps.map(gapAfter)])
    },
  }
}

function seriesOf(points: Point[]): Series {
  points.sort((a, b) => a.atMs - b.atMs)
  return {
    timeMs: Float64Array.from(points, (point) => point.atMs),
    value: Float64Array.from(points, (point) => point.value),
  }
}

function median(distances: readonly number[]): number {
  return Float64Array.from(distances).sort()[Math.floor(distances.length / 2)] ?? 0
}
