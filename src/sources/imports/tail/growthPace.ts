import { median } from '#domain/stats/quantile.ts'
import { type DurationMs, durationMs, SECOND_MS } from '#domain/units.ts'

/** A test is looked at twice a second; what comes sooner than this is not late. */
const LEAST_MS = 5_000
/** A test that writes more rarely is not one that anybody watches. */
const MOST_MS = 60_000
const REMEMBERED = 12
/** Fewer distances say nothing about how far apart they are. */
const ENOUGH = 3

/**
 * How far apart a file usually grows. JMeter writes its results 8 kB at a time unless it is told to
 * flush each, so a slow test grows in steps of half a minute and is well.
 */
export function createGrowthPace() {
  const distances: number[] = []
  let lastMs: number | null = null
  return {
    /** The file grew at this moment of a clock that never goes back. */
    grew(atMs: number) {
      if (lastMs !== null) distances.push(atMs - lastMs)
      if (distances.length > REMEMBERED) distances.shift()
      lastMs = atMs
    },
    /** The median of the last distances in whole seconds, from 5 s to a minute. */
    paceMs(): DurationMs {
      const usual = distances.length < ENOUGH ? 0 : (median(distances) ?? 0)
      const seconds = Math.ceil(usual / SECOND_MS) * SECOND_MS
      return durationMs(Math.min(MOST_MS, Math.max(LEAST_MS, seconds)))
    },
  }
}
