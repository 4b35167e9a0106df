import { formatDuration } from '#domain/format.ts'
import { MINUTE_MS } from '#domain/units.ts'
import type { ClockCheck } from '#monitor/orgFacts.ts'

/** Below it nothing is said: who compares two screens does not see it, and no sign-in fails by it. */
const TOLERATED_MS = MINUTE_MS

/** A clock that is off, and what helps. */
export type ClockSkew = {
  /** `3 min behind` */
  side: string
  words: string
  remedy: string
}

/**
 * What is said of a clock here that is more than a minute off the organisation's, by more than the
 * comparison may err; null where it is near enough, or could not be compared.
 */
export function clockSkewOf(clock: ClockCheck): ClockSkew | null {
  if (clock.kind === 'unchecked') return null
  const { offsetMs, errorMs } = clock
  if (Math.abs(offsetMs) - errorMs <= TOLERATED_MS) return null
  const isBehind = offsetMs > 0
  const by = formatDuration(Math.abs(offsetMs))
  return {
    side: `${by} ${isBehind ? 'behind' : 'ahead'}`,
    words: `The clock of this machine is ${by} ${isBehind ? 'behind' : 'ahead of'} the organisation’s.`,
    remedy:
      'Times here are corrected by that; files and feeds of this machine are not. Set the clock, best by a time server.',
  }
}
