import { AT_LIMIT_RATIO, usedRatio } from '../metrics/headroom.ts'
import { limitAt } from '../metrics/limitSteps.ts'
import { type DurationMs, type EpochMs, epochMs } from '../units.ts'
import type { IncidentLevel } from './incidentLevels.ts'
import { between } from './timelineFacts.ts'

/** A rise into the warn band, until the level is well below it again. */
export type Warn = {
  at: EpochMs
  /** Half the time between the sample below and the one in the band; null after a gap. */
  plusMinusMs: DurationMs | null
  /** The first sample in the band, and the last before the level left it. */
  from: EpochMs
  lastAt: EpochMs
  /** The limit in force then. */
  limit: number
  highest: number
  /** Whether it went on to the limit. */
  hasCrossed: boolean
}

/** A level that falls below this share of the warn threshold has left the band: noise does not. */
const LEFT_BELOW = 0.9

/**
 * Every time a level came to its warn threshold, each sample judged by the limit in force. A gap ends
 * it, since nobody knows where the level was. O(n).
 */
export function warnsOf({ points, limits, gapMs, metric }: IncidentLevel): Warn[] {
  const { warnAt } = metric.thresholds
  const warns: Warn[] = []
  let open: Warn | null = null
  let before: EpochMs | null = null
  for (let i = 0; i < points.timeMs.length; i++) {
    const at = epochMs(points.timeMs[i]!)
    const value = points.value[i]!
    const limit = limitAt(limits, at)
    const ratio = usedRatio(value, limit)
    if (before !== null && at - before > gapMs) open = before = null
    if (ratio === null || limit === null) {
      open = before = null
      continue
    }
    if (open && ratio < LEFT_BELOW * warnAt) open = null
    if (!open && ratio >= warnAt) {
      const when = before === null ? { at, plusMinusMs: null } : between(before, at)
      open = { ...when, from: at, lastAt: at, limit, highest: value, hasCrossed: false }
      warns.push(open)
    }
    if (open) {
      open.lastAt = at
      open.highest = Math.max(open.highest, value)
      open.hasCrossed ||= ratio >= AT_LIMIT_RATIO
    }
    before = at
  }
  return warns
}
