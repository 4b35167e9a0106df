import { lowerBound } from '#domain/series/lowerBound.ts'
import type { Observation } from '#domain/observation.ts'
import type { EpochMs } from '#domain/units.ts'

/** An observation without what is older than an instant, and how much that was: samples, and failed attempts. */
export function recentPart(
  observed: Observation,
  since: EpochMs,
): { recent: Observation; olderSamples: number; olderErrors: number } {
  let olderSamples = 0
  let olderErrors = 0
  const samples = observed.samples.flatMap(({ metric, series: { timeMs, value } }) => {
    const first = lowerBound(timeMs, since)
    olderSamples += first
    if (first === timeMs.length) return []
    return [{ metric, series: { timeMs: timeMs.slice(first), value: value.slice(first) } }]
  })
  const errors = observed.errors.filter(({ at, count }) => {
    if (at < since) olderErrors += count
    return at >= since
  })
  const markers = observed.markers.filter(({ at }) => at >= since)
  return { recent: { ...observed, samples, errors, markers }, olderSamples, olderErrors }
}
