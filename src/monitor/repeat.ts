import type { Timer } from './clock.ts'

/** Calls again and again, each time this long after the call before. Returns the way to end it. */
export function repeat(timer: Timer, everyMs: number, call: () => void): () => void {
  let cancel: () => void = () => undefined
  const arm = () => {
    cancel = timer.after(everyMs, () => {
      arm()
      call()
    })
  }
  arm()
  return () => cancel()
}

/** Resolves when the work is done (or failed), and no later than this. */
export function within(timer: Timer, limitMs: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = timer.after(limitMs, resolve)
    const done = () => {
      cancel()
      resolve()
    }
    work.then(done, done)
  })
}
