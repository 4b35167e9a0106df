import type { ErrorEvent } from '../errors/errorEvent.ts'
import { usedRatio } from '../metrics/headroom.ts'
import { limitAt } from '../metrics/limitSteps.ts'
import { lowerBound } from '../series/lowerBound.ts'
import { type DurationMs, epochMs } from '../units.ts'
import type { NearMiss } from './episode.ts'
import type { IncidentLevel } from './incidentLevels.ts'

/** A peak within 5 % of the limit, and beyond it too, if nobody was refused. */
const NEAR_MISS_RATIO = 0.95

/**
 * Peaks of a level that came within 5 % of its limit while no capacity error happened, neither during
 * the stretch above 95 % nor within `toleranceMs` of it; oldest first. Each sample is judged by the
 * limit in force at its time; a gap, a sample below, or an unknown limit ends a stretch. The peak is
 * the sample with the highest used ratio, the first of equals. A limit of 0 has no near miss.
 * O(samples + errors).
 */
export function nearMissesOf(
  { metric, points, limits, gapMs }: IncidentLevel,
  refusals: readonly ErrorEvent[],
  toleranceMs: DurationMs,
): NearMiss[] {
  const found: NearMiss[] = []
  let open: NearMiss | null = null
  for (let i = 0; i < points.timeMs.length; i++) {
    const at = epochMs(points.timeMs[i]!)
    const value = points.value[i]!
    const limit = limitAt(limits, at)
    const ratio = limit !== null && limit > 0 ? usedRatio(value, limit) : null
    if (ratio === null || ratio < NEAR_MISS_RATIO || (open && at - open.to > gapMs)) open = null
    if (ratio === null || limit === null || ratio < NEAR_MISS_RATIO) continue
    if (!open) {
      open = {
        from: at,
        to: at,
        metric: metric.id,
        title: metric.title,
        peakAt: at,
        peak: value,
        limit,
        usedRatio: ratio,
      }
      found.push(open)
    }
    open.to = at
    if (ratio > open.usedRatio)
      Object.assign(open, { peakAt: at, peak: value, limit, usedRatio: ratio })
  }
  const times = Float64Array.from(refusals, ({ at }) => at)
  return found.filter(({ from, to }) => {
    const next = times[lowerBound(times, from - toleranceMs)]
    return next === undefined || next > to + toleranceMs
  })
}
