/** The part of `navigator.locks` that is needed. */
export type Locks = {
  request: (
    name: string,
    options: { signal: AbortSignal },
    held: () => Promise<void>,
  ) => Promise<void>
}

/** Which tab asks an organisation: one at a time. */
export type Leadership = {
  isLeading: () => boolean
  /** Whether this tab may lead at all; one that may not gives up what it holds. */
  setCanLead: (canLead: boolean) => void
  /** Lets the tabs that wait go first, and queues up again behind them. */
  letOthers: () => void
  stop: () => void
}

type Options = {
  name: string
  /** Null where there are no Web Locks: then every tab asks for itself. */
  locks: Locks | null
  gained: () => void
  lost: () => void
}

/**
 * Holds a lock as long as this tab leads. The browser hands it to the next tab in the queue when this
 * one closes, crashes or gives it up, so there is never more than one, and no heartbeat.
 */
export function createLeadership({ name, locks, gained, lost }: Options): Leadership {
  let canLead = false
  let isLeading = false
  /** Ends the present claim: leaves the queue, or hands the lock on. */
  let giveUp: () => void = () => undefined

  function lead() {
    isLeading = true
    gained()
  }

  function claim() {
    const leaving = new AbortController()
    let handOn: () => void = () => undefined
    const released = new Promise<void>((resolve) => {
      handOn = resolve
    })
    giveUp = () => {
      leaving.abort()
      handOn()
      if (!isLeading) return
      isLeading = false
      lost()
    }
    if (!locks) return lead()
    const held = () => {
      if (leaving.signal.aborted) return Promise.resolve()
      lead()
      return released
    }
    locks.request(name, { signal: leaving.signal }, held).catch(() => {
      // Left the queue; or locks are barred here (a sandboxed frame), and this tab asks for itself.
      if (!leaving.signal.aborted) lead()
    })
  }

  return {
    isLeading: () => isLeading,
    setCanLead(next) {
      if (next === canLead) return
      canLead = next
      if (next) claim()
      else giveUp()
    },
    letOthers() {
      if (!isLeading || !locks) return
      giveUp()
      claim()
    },
    stop() {
      canLead = false
      giveUp()
    },
  }
}
