import type { EpochMs } from '#domain/units.ts'

/** What time it is here. */
export type Clock = { now: () => EpochMs }

/**
 * Calls back once, later. In a browser a worker's timer, because hidden tabs slow ordinary ones and
 * a tester's dashboard is a hidden tab; an ordinary timer in Node and in tests.
 */
export type Timer = {
  /** Returns a function that takes the call back. */
  after: (delayMs: number, call: () => void) => () => void
}
