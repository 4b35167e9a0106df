import type { DurationMs } from '#domain/units.ts'
import type { Timer } from './clock.ts'

/** How long a request may stay without a complete reply. */
export const TURN_TIMEOUT_MS = 15_000 as DurationMs

/** The time-out of one turn, which starts anew with each of its requests. */
export type TurnTimeout = {
  /** Stands still: nothing has been sent yet. */
  pause: () => void
  /** A request goes out now. */
  restart: () => void
  clear: () => void
}

/**
 * Aborts a turn whose request stays without an answer. It runs on the monitor's timer and not on
 * `AbortSignal.timeout`: a hidden tab slows that one, and a steered clock cannot move it.
 */
export function startTurnTimeout(timer: Timer, controller: AbortController): TurnTimeout {
  let cancel: () => void = () => undefined
  const pause = () => cancel()
  function restart() {
    cancel()
    cancel = timer.after(TURN_TIMEOUT_MS, () =>
      controller.abort(new DOMException('No reply in time', 'TimeoutError')),
    )
  }
  restart()
  return { pause, restart, clear: pause }
}
