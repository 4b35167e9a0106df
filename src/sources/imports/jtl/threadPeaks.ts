import type { Series } from '#domain/series/series.ts'
import { SECOND_MS } from '#domain/units.ts'

/** Samples further apart than this, and than ten usual distances, leave a gap: nobody counted in between. */
const GAP_MS = 30_000
const GAP_DISTANCES = 10

/** The highest number of threads of each second, at the instant it was written: a peak is never averaged away. */
export function createThreadPeaks() {
  const peaks = new Map<number, { atMs: number; value: number }>()
  return {
    add(atMs: number, value: number) {
      const second = Math.floor(atMs / SECOND_MS)
      const peak = peaks.get(second)
      if (!peak) peaks.set(second, { atMs, value })
      else if (value > peak.value || (value === peak.value && atMs < peak.atMs)) {
        peak.atMs = atMs
        peak.value = value
      }
    },
    /** Oldest first, with a NaN after the last sample before a gap. */
    series(): Series {
      const sorted = [...peaks.values()].sort((a, b) => a.atMs - b.atMs)
      const gapMs = Math.max(GAP_MS, GAP_DISTANCES * medianDistance(sorted))
      const points = sorted.flatMap((peak, i) => {
        const next = sorted[i + 1]
        const isGap = next !== undefined && next.atMs - peak.atMs > gapMs
        return isGap ? [peak, { atMs: peak.atMs + 1, value: NaN }] : [peak]
      })
      return {
        timeMs: Float64Array.from(points, ({ atMs }) => atMs),
        value: Float64Array.from(points, ({ value }) => value),
      }
    },
  }
}

function medianDistance(sorted: readonly { atMs: number }[]): number {
  const distances = sorted.slice(1).map(({ atMs }, i) => atMs - sorted[i]!.atMs)
  return distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0
}
