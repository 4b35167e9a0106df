import type { Clock, Timer } from './clock.ts'

/** Begins a long piece of work; what it gives back is to be awaited between its parts. */
export type Pacing = () => () => Promise<void>

/** Long enough to be worth a turn of the event loop, short enough for a frame to be in time. */
const LONGEST_PART_MS = 8

/**
 * Lets others have their turn in the middle of long work on the main thread: between two parts it
 * waits for one where more than a few milliseconds have passed since the last, and not at all
 * otherwise.
 */
export function createPacing(clock: Clock, timer: Timer): Pacing {
  return () => {
    let since = clock.now()
    return async () => {
      if (Math.abs(clock.now() - since) < LONGEST_PART_MS) return
      await new Promise<void>((resolve) => timer.after(0, resolve))
      since = clock.now()
    }
  }
}
