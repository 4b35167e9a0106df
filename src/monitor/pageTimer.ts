import type { Timer } from './clock.ts'

/** Longer delays overflow `setTimeout`, which then fires at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1

/**
 * The page's own timer: right in Node and in tests. A browser slows it in a hidden tab to one call a
 * second or a minute. A delay past 24 days ends after 24 days: callers look at the clock anyway.
 */
export function createPageTimer(): Timer {
  return {
    after(delayMs, call) {
      const id = setTimeout(call, Math.min(Math.max(0, delayMs), LONGEST_DELAY_MS))
      return () => clearTimeout(id)
    },
  }
}
