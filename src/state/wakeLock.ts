/** Whether the browser keeps the screen on. `withheld`: it was asked and refused, or let go again. */
export type WakeLockState = 'asking' | 'held' | 'withheld' | 'absent'

/** As far as a page's `navigator` and `document` matter here. */
type Page = {
  wakeLock: { request: (type: 'screen') => Promise<WakeLockSentinel> } | undefined
  document: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
}

/** Keeps the screen on from `start` until the way out is taken. */
export type WakeLockKeeper = {
  start: () => () => void
  state: () => WakeLockState
  subscribe: (listener: () => void) => () => void
}

export const pageWakeLock = () =>
  createWakeLock({ wakeLock: 'wakeLock' in navigator ? navigator.wakeLock : undefined, document })

/**
 * A browser lets go of the lock whenever the page is hidden, and may at any other time (a low battery): it is
 * asked again as soon as the page is seen.
 */
export function createWakeLock({ wakeLock, document }: Page): WakeLockKeeper {
  const listeners = new Set<() => void>()
  let state: WakeLockState = wakeLock ? 'asking' : 'absent'
  let held: WakeLockSentinel | null = null
  let isWanted = false

  function set(next: WakeLockState) {
    state = next
    for (const listener of listeners) listener()
  }

  async function ask() {
    if (!wakeLock || !isWanted || held || document.visibilityState !== 'visible') return
    try {
      const sentinel = await wakeLock.request('screen')
      if (!isWanted) return void sentinel.release()
      held = sentinel
      sentinel.addEventListener('release', () => {
        if (held !== sentinel) return
        held = null
        if (isWanted) set('withheld')
      })
      set('held')
    } catch {
      // Insecure page, policy, battery: the state says that it is withheld, and the next look asks again.
      set('withheld')
    }
  }

  const look = () => void ask()

  return {
    start() {
      isWanted = true
      document.addEventListener('visibilitychange', look)
      look()
      return () => {
        isWanted = false
        document.removeEventListener('visibilitychange', look)
        void held?.release()
        held = null
      }
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
