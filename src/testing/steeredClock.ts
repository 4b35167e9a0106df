import { type EpochMs, epochMs } from '#domain/units.ts'

type Waiting = { dueMs: number; order: number; call: () => void }

/** A fixed instant to start tests from: 2026-03-02 09:00:00 UTC. */
export const STEERED_START = epochMs(Date.UTC(2026, 2, 2, 9))

/** How often pending promises are given a turn of the event loop after a timer has fired. */
const TURNS_PER_STEP = 3

/**
 * A clock and a timer that move only when told to, so that hours pass in milliseconds and always in
 * the same order. The timer counts time that really passes, as an operating system's does: setting
 * the clock moves no timer.
 */
export function createSteeredClock(startAt: EpochMs = STEERED_START) {
  const waiting = new Set<Waiting>()
  let passedMs = 0
  let clockAheadMs = 0
  let throttleMs = 0
  let order = 0

  const now = () => epochMs(startAt + passedMs + clockAheadMs)
  const throttled = (dueMs: number) =>
    throttleMs === 0 ? dueMs : Math.ceil(dueMs / throttleMs) * throttleMs

  function nextUntil(endMs: number): Waiting | null {
    let next: Waiting | null = null
    for (const one of waiting) {
      if (throttled(one.dueMs) > endMs) continue
      if (!next || one.dueMs < next.dueMs || (one.dueMs === next.dueMs && one.order < next.order))
        next = one
    }
    return next
  }

  async function advance(byMs: number) {
    const endMs = passedMs + byMs
    await settled()
    for (let next = nextUntil(endMs); next; next = nextUntil(endMs)) {
      waiting.delete(next)
      passedMs = Math.max(passedMs, throttled(next.dueMs))
      next.call()
      await settled()
    }
    passedMs = endMs
  }

  function after(delayMs: number, call: () => void) {
    const one = { dueMs: passedMs + Math.max(0, delayMs), order: order++, call }
    waiting.add(one)
    return () => void waiting.delete(one)
  }

  return {
    clock: { now },
    timer: { after },
    now,
    /** Lets this much time pass: timers fire in order, and what they started settles in between. */
    advance,
    /** Sets the clock by hand, forwards or backwards. No time passes. */
    setClock: (byMs: number) => void (clockAheadMs += byMs),
    /** The machine sleeps: time passes and nothing runs; on waking every timer is late. */
    sleep: (byMs: number) => {
      passedMs += byMs
      return advance(0)
    },
    /** From now on timers fire only at multiples of this, as in a hidden tab; 0 ends it. */
    throttle: (everyMs: number) => void (throttleMs = everyMs),
    /** How many timers wait: none are left behind by what has stopped. */
    timers: () => waiting.size,
  }
}

/** Gives everything that is not waiting for a timer the time to happen. */
export async function settled() {
  for (let turn = 0; turn < TURNS_PER_STEP; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}
