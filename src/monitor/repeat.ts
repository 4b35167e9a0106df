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

/** Resolves when the work is done, well or not (its failure is its caller's affair), and no later than this. */
export async function within(timer: Timer, limitMs: number, work: Promise<unknown>): Promise<void> {
  let cancel: () => void = () => undefined
  const patience = new Promise<void>((resolve) => {
    cancel = timer.after(limitMs, resolve)
  })
  await Promise.allSettled([Promise.race([work, patience])])
  cancel()
}
