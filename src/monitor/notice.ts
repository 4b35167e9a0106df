/** Tells readers that something is new, once per flush however much came in. */
export type Notice = {
  raise: () => void
  subscribe: (listener: () => void) => () => void
  /** Grows with every flush, and with everything that is new while nobody listens. */
  version: () => number
}

/**
 * `schedule` is handed the flush and calls it soon: animation frame, timer, or at once in tests. Where
 * nobody listens there is nothing to wait for: a frame for nothing costs the page a millisecond.
 */
export function createNotice(schedule: (flush: () => void) => void): Notice {
  const listeners = new Set<() => void>()
  let version = 0
  let isScheduled = false

  function flush() {
    isScheduled = false
    version += 1
    for (const listener of listeners) listener()
  }

  return {
    raise() {
      if (isScheduled) return
      if (listeners.size === 0) {
        version += 1
        return
      }
      isScheduled = true
      schedule(flush)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    version: () => version,
  }
}
