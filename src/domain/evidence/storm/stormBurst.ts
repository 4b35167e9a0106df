import type { Attempts } from '../demand/clientEvents.ts'
import { attemptsBetween } from '../demand/demands.ts'

/**
 * Failures this close to each other belong to one burst. Clients that come back together leave
 * silence between their crowds; half of the time within which an attempt counts as a retry sees
 * crowds up to 30 s apart as one burst and keeps stray failures out.
 */
const JOIN_MS = 30_000
const SECOND = 1_000

/** A stretch of time: `to` is not part of it. */
export type Burst = { readonly from: number; readonly to: number }

type Stretch = { from: number; last: number; failures: number }

/**
 * The burst of failures within [from, to): of the stretches of seconds without a pause of more than
 * 30 s between failures, the one with most failed attempts (the earliest of equals). Null where
 * nothing failed. Bounds are whole seconds. Cost O(n).
 */
export function failureBurst(attempts: Attempts, from: number, to: number): Burst | null {
  const [first, end] = attemptsBetween(attempts, from, to)
  let best: Stretch | null = null
  let open: Stretch | null = null
  for (let i = first; i < end; i++) {
    if (!attempts.failed[i]) continue
    const at = attempts.startMs[i]!
    if (!open || at - open.last > JOIN_MS) open = { from: at, last: at, failures: 0 }
    open.last = at
    open.failures += 1
    if (!best || open.failures > best.failures) best = open
  }
  return best && { from: wholeSecond(best.from), to: wholeSecond(best.last) + SECOND }
}

const wholeSecond = (at: number) => Math.floor(at / SECOND) * SECOND
