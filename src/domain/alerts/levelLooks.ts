import { usedRatio } from '../metrics/headroom.ts'
import { type LimitSteps, limitAt } from '../metrics/limitSteps.ts'
import type { Series } from '../series/series.ts'
import { type EpochMs, epochMs } from '../units.ts'
import type { Look } from './alertState.ts'
import { type Levels, levelSays } from './hysteresis.ts'

/** The last sample that was judged, and by which limit. */
export type Judged = { at: EpochMs; limit: number }

/** A metric as a level rule looks at it; samples further apart than `reachMs` have nothing in common. */
export type LevelWatch = { limits: LimitSteps; reachMs: number; levels: Levels }

/**
 * What the samples after the last judged one say, each by the limit in force at its time; gives the
 * last judged one. Points are oldest first.
 *
 * A gap sample, or one without a limit, says nothing; after more than `reachMs` of it what was
 * pending is `unknown`. So it is when the limit has become lower, and the first sample after that
 * fires nothing: the change alone is no event, a level that stays there is. O(samples).
 */
export function levelLooks(
  { timeMs, value }: Series,
  { limits, reachMs, levels }: LevelWatch,
  judged: Judged | null,
  tell: (look: Look) => void,
): Judged | null {
  let last = judged
  for (let i = 0; i < timeMs.length; i++) {
    const at = epochMs(timeMs[i]!)
    const limit = limitAt(limits, at)
    const ratio = usedRatio(value[i]!, limit)
    if (ratio === null || limit === null || !Number.isFinite(ratio)) continue
    if (last && at <= last.at) continue
    const isLowered = last !== null && limit < last.limit
    if (isLowered || (last && at - last.at > reachMs)) tell({ at, says: 'unknown', reading: null })
    const says = levelSays(value[i]!, limit, levels)
    tell({
      at,
      says: isLowered && says === 'fire' ? 'between' : says,
      reading: { kind: 'level', value: value[i]!, limit, ratio },
    })
    last = { at, limit }
  }
  return last
}
