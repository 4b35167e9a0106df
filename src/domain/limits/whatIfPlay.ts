import type { WhatIfBins } from './whatIfBins.ts'

type Rules = {
  /** Whether each refusal of the record is somebody new, who would have stayed as long as others do. */
  isEachNew: boolean
  /** Whether those who meet a full house wait for a place, and so keep it full; else they go away. */
  doWait: boolean
}

/**
 * How many would have met a full house under a limit, had the record gone on as it did: who is in
 * leaves as often as those did who were in then. A flow, not single clients: fractions are kept.
 *
 * Where a bin has no value, the next one that has shows what really was open; what the other limit has
 * let in on top of that is taken to be there still. O(bins).
 */
export function turnedAway(
  { open, accepted, refused }: WhatIfBins,
  limit: number,
  { isEachNew, doWait }: Rules,
): number {
  let lost = 0
  let held = Number.NaN
  let wasOpen = Number.NaN
  let waiting = 0
  for (let bin = 0; bin < open.length; bin++) {
    const isOpen = open[bin]!
    if (Number.isNaN(isOpen)) {
      wasOpen = Number.NaN
      continue
    }
    if (Number.isNaN(wasOpen)) {
      const onTop = Number.isNaN(held) ? 0 : Math.max(0, held - isOpen)
      held = Math.min(limit, isOpen + onTop)
      wasOpen = isOpen
      if (isEachNew) lost += refused[bin]!
      continue
    }
    const change = isOpen - wasOpen
    // A counter of attempts that is behind the level: somebody came in, seen or not.
    const came = Math.max(accepted[bin] || 0, change)
    const left = (came - change) / Math.max(1, wasOpen + came)
    const asked = came + (isEachNew ? refused[bin]! : 0)
    const stay = Math.max(0, 1 - left)
    const room = Math.max(0, stay > 0 ? limit / stay - held : asked + waiting)
    const letIn = Math.min(room, asked + waiting)
    lost += Math.max(0, asked - Math.max(0, room - waiting))
    waiting = doWait ? asked + waiting - letIn : 0
    held = (held + letIn) * stay
    wasOpen = isOpen
  }
  return lost
}
