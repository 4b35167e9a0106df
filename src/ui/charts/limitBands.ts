import { AT_LIMIT_RATIO, usedRatio } from '#domain/metrics/headroom.ts'
import { type LimitSteps, limitAt } from '#domain/metrics/limitSteps.ts'
import { segmentsOf } from '#domain/series/gaps.ts'
import type { Series } from '#domain/series/series.ts'
import { elapsed, epochMs } from '#domain/units.ts'
import type { LimitBand } from './chartData.ts'

/** Stretches closer than this many columns are drawn as one. */
const JOIN_COLUMNS = 2

/**
 * The stretches in which the drawn points are at the limit, each point judged by the limit in force
 * at its time. A band ends at a gap. Bands too close to be told apart are one, marked as broken.
 */
export function limitBands(
  points: Series,
  steps: LimitSteps,
  gapAfterMs: number,
  columnMs: number,
): LimitBand[] {
  const isAtLimit = (i: number) => {
    const ratio = usedRatio(points.value[i]!, limitAt(steps, epochMs(points.timeMs[i]!)))
    return ratio !== null && ratio >= AT_LIMIT_RATIO
  }
  const bands: LimitBand[] = []
  for (const { start, end } of segmentsOf(points, Math.max(gapAfterMs, columnMs))) {
    let first = -1
    const isFirstOfSegment = bands.length
    for (let i = start; i <= end; i++) {
      const isAt = i < end && isAtLimit(i)
      if (isAt && first < 0) first = i
      if (isAt || first < 0) continue
      const from = epochMs(points.timeMs[first]!)
      const to = epochMs(points.timeMs[i - 1]!)
      const before = bands.length > isFirstOfSegment ? bands.at(-1) : undefined
      if (before && from - before.to <= JOIN_COLUMNS * columnMs) {
        bands[bands.length - 1] = band(before.from, to, true)
      } else bands.push(band(from, to, false))
      first = -1
    }
  }
  return bands
}

const band = (from: LimitBand['from'], to: LimitBand['to'], isBroken: boolean): LimitBand => ({
  from,
  to,
  isBroken,
  lengthMs: elapsed(from, to),
})
