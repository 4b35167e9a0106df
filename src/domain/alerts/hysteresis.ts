import { usedRatio } from '../metrics/headroom.ts'

/**
 * What one look says of an alert. `fire`: at or above the level that fires it. `clear`: below the one
 * that clears it. `between`: neither. `unknown`: nobody could say, which neither fires nor clears.
 */
export type Says = 'fire' | 'between' | 'clear' | 'unknown'

/** Two levels, in shares of the limit (0–1), and how many looks in a row below the lower one clear. */
export type Levels = { fireAt: number; clearBelow: number; clearSamples: number }

/** Whether it is on, and how many looks in a row have lain below since. */
export type Latch = { isOn: boolean; below: number }

export const LATCH_OFF: Latch = { isOn: false, below: 0 }

/** What a value says, judged by the limit of its time; `unknown` where one of them is not known. */
export function levelSays(
  value: number,
  limit: number | null,
  { fireAt, clearBelow }: Levels,
): Says {
  const ratio = usedRatio(value, limit)
  if (ratio === null) return 'unknown'
  if (ratio >= fireAt) return 'fire'
  return ratio < clearBelow ? 'clear' : 'between'
}

/**
 * The next state of a latch: on at the first `fire`, off after so many `clear` in a row, which one
 * look `between` begins anew. What is not known changes nothing. Source: statistics §4.6.
 *
 *     90 ┤     F     F                       F
 *        │   ·   ·                         ·
 *     85 ┤─────────────·───────·────────────────
 *        │ ·             · ·     · · ·
 *          off│ on . . . . . . . . . . │off│ on
 */
export function latched(latch: Latch, says: Says, clearSamples: number): Latch {
  if (says === 'unknown') return latch
  if (says === 'fire') return { isOn: true, below: 0 }
  if (!latch.isOn) return LATCH_OFF
  if (says === 'between') return { isOn: true, below: 0 }
  const below = latch.below + 1
  return below >= clearSamples ? LATCH_OFF : { isOn: true, below }
}
