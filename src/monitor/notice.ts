/** Tells readers that something is new, once per flush however much came in. */
export type Notice = {
  raise: () => void
  subscribe: (listener: () => void) => () => void
  /** Grows with every flush. */
  version: () => number
}

/** `schedule` is handed the flush and calls it soon: animation frame, timer, or at once in tests. */
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
