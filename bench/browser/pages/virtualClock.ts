import { type EpochMs, epochMs } from '#domain/units.ts'

type Waiting = { dueMs: number; order: number; call: () => void }

/** A turn of the event loop: what is not waiting for a timer happens meanwhile. */
const turn = () =>
  new Promise<void>((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      done()
    }
    port2.postMessage(null)
  })

/**
 * A clock and a timer that move only when told to, in a page: hours pass in minutes. `isBusy` says
 * whether something is under way that the next timer must not overtake.
 */
export function createVirtualClock(startAt: EpochMs, isBusy: () => boolean) {
  const waiting = new Set<Waiting>()
  let passedMs = 0
  let order = 0

  function nextUntil(endMs: number): Waiting | null {
    let next: Waiting | null = null
    for (const one of waiting) {
      if (one.dueMs > endMs) continue
      if (!next || one.dueMs < next.dueMs || (one.dueMs === next.dueMs && one.order < next.order))
        next = one
    }
    return next
  }
  async function settled() {
    do await turn()
    while (isBusy())
    await turn()
  }

  function after(delayMs: number, call: () => void) {
    const one = { dueMs: passedMs + Math.max(0, delayMs), order: order++, call }
    waiting.add(one)
    return () => void waiting.delete(one)
  }

  return {
    now: () => epochMs(startAt + passedMs),
    after,
    /** Lets so much time pass: timers fire in order, and what they started settles in between. */
    async advance(byMs: number) {
      const endMs = passedMs + byMs
      await settled()
      for (let next = nextUntil(endMs); next; next = nextUntil(endMs)) {
        waiting.delete(next)
        passedMs = Math.max(passedMs, next.dueMs)
        next.call()
        await settled()
      }
      passedMs = endMs
    },
  }
}
