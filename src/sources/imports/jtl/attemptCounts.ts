import type { Series } from '#domain/series/series.ts'
import { SECOND_MS } from '#domain/units.ts'

/**
 * Attempts begun in each second. A count stands at the end of its second, since a count adds up
 * over the time before it; a pause is zero from its first second to its last.
 */
export function createAttemptCounts() {
  const counts = new Map<number, number>()
  return {
    add(startMs: number) {
      const second = Math.floor(startMs / SECOND_MS)
      counts.set(second, (counts.get(second) ?? 0) + 1)
    },
    series(): Series {
      const sorted = [...counts].sort(([a], [b]) => a - b)
      const points = sorted.flatMap(([second, count], i) => {
        const pause = second - (sorted[i - 1]?.[0] ?? second - 1) - 1
        const zeros = pause === 0 ? [] : pause === 1 ? [second - 1] : [second - pause, second - 1]
        return [...zeros.map((zero) => [zero, 0] as const), [second, count] as const]
      })
      return {
        timeMs: Float64Array.from(points, ([second]) => (second + 1) * SECOND_MS),
        value: Float64Array.from(points, ([, count]) => count),
      }
    },
  }
}
