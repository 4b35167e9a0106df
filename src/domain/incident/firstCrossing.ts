import { limitAt } from '../metrics/limitSteps.ts'
import { lowerBound } from '../series/lowerBound.ts'
import type { DurationMs, EpochMs } from '../units.ts'
import type { IncidentLevel } from './incidentLevels.ts'
import { between } from './timelineFacts.ts'

/** The first time at the limit. */
export type Crossing = {
  at: EpochMs
  /** Half the time between the sample below and the one at the limit; null unless it rose. */
  plusMinusMs: DurationMs | null
  /** `already`: no sample of the window lies before it. `gap`: it happened while nothing was measured. */
  how: 'rise' | 'already' | 'gap'
  value: number
  limit: number | null
}

/**
 * When a level first reached its limit within the window: between the last sample below and the
 * first one at it. Null where it never did, or no limit is known.
 */
export function firstCrossing({ stretches, points, limits }: IncidentLevel): Crossing | null {
  const i = stretches.findIndex(({ state }) => state === 'atLimit')
  const stretch = stretches[i]
  if (!stretch) return null
  const { from, seenAt } = stretch
  const value = points.value[lowerBound(points.timeMs, seenAt)]!
  const known = { value, limit: limitAt(limits, seenAt) }
  if (stretches[i - 1]?.state === 'below')
    return { ...between(from, seenAt), how: 'rise', ...known }
  const isFirst = stretches.slice(0, i).every(({ state }) => state === 'unknown')
  return { at: seenAt, plusMinusMs: null, how: isFirst ? 'already' : 'gap', ...known }
}
