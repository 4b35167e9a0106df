import type { Series } from '#domain/series/series.ts'
import { SECOND_MS } from '#domain/units.ts'
import { createSecondSlots } from './secondSlots.ts'
import { createSlotNews } from './slotNews.ts'

type Point = readonly [second: number, count: number]

/**
 * Attempts begun in each second. A count stands at the end of its second, since a count adds up
 * over the time before it; a pause is zero from its first second to its last.
 */
export function createAttemptCounts() {
  const seconds = createSecondSlots()
  const news = createSlotNews()
  const counts: number[] = []
  const toldZeros = new Set<number>()

  const countAt = (slot: number): Point => [seconds.second(slot), counts[slot]!]

  /** First and last second of the pause between two seconds, if there is one. */
  function zerosBetween(slot: number, next: number): Point[] {
    const first = seconds.second(slot) + 1
    const last = seconds.second(next) - 1
    if (last < first) return []
    return last === first
      ? [[first, 0]]
      : [
          [first, 0],
          [last, 0],
        ]
  }

  return {
    hasAny: () => seconds.size() > 0,
    add(startMs: number) {
      const slot = seconds.slotOf(startMs)
      if (slot === counts.length) counts.push(1)
      else counts[slot]! += 1
      news.mark(slot)
    },
    series(): Series {
      const order = seconds.inOrder()
      const zeros = order.slice(1).flatMap((next, i) => zerosBetween(order[i]!, next))
      return seriesOf([...order.map(countAt), ...zeros])
    },
    /** The seconds before `before` whose count is another than when it was last told. */
    news(before: number): Series {
      const points = news.take((slot) => seconds.second(slot) < before).map(countAt)
      seconds.walk(before, false, (slot, next) => {
        for (const zero of zerosBetween(slot, next)) {
          if (toldZeros.has(zero[0])) continue
          toldZeros.add(zero[0])
          points.push(zero)
        }
      })
      return seriesOf(points)
    },
  }
}

function seriesOf(points: Point[]): Series {
  points.sort(([a], [b]) => a - b)
  return {
    timeMs: Float64Array.from(points, ([second]) => (second + 1) * SECOND_MS),
    value: Float64Array.from(points, ([, count]) => count),
  }
}
