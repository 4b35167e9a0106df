import type { Timer } from './clock.ts'
import { createPageTimer } from './pageTimer.ts'

/** What the page tells the worker: call me back for `id` after a while, or (null) do not any more. */
export type TimerRequest = { id: number; delayMs: number | null }

/** A worker as far as the timer needs one; tests hand in their own. */
export type TimerWorker = {
  postMessage: (request: TimerRequest) => void
  onmessage: ((event: MessageEvent<number>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate: () => void
}

type Pending = { call: () => void; dueMs: number }

const startWorker = (): TimerWorker =>
  new Worker(new URL('./timer.worker.ts', import.meta.url), { type: 'module', name: 'timer' })

/**
 * A timer that keeps its pace in a hidden tab, because browsers slow timers of pages and not those
 * of workers. Where there is no `Worker`, or it fails to load (a strict policy, an old cache), the
 * page's own timer takes over what was waiting: later ticks beat none.
 */
export function createWorkerTimer(start: () => TimerWorker = startWorker): Timer {
  const worker = started(start)
  const page = createPageTimer()
  if (!worker) return page

  const pending = new Map<number, Pending>()
  let isBroken = false
  let lastId = 0

  const fire = (id: number) => {
    const waiting = pending.get(id)
    pending.delete(id)
    waiting?.call()
  }
  const onPage = (id: number, delayMs: number) => page.after(delayMs, () => fire(id))

  worker.onmessage = ({ data }) => fire(data)
  worker.onerror = () => {
    isBroken = true
    worker.terminate()
    for (const [id, { dueMs }] of pending) onPage(id, dueMs - performance.now())
  }

  return {
    after(delayMs, call) {
      const id = ++lastId
      pending.set(id, { call, dueMs: performance.now() + delayMs })
      const cancelOnPage = isBroken ? onPage(id, delayMs) : null
      if (!isBroken) worker.postMessage({ id, delayMs })
      return () => {
        if (!pending.delete(id)) return
        cancelOnPage?.()
        if (!isBroken) worker.postMessage({ id, delayMs: null })
      }
    },
  }
}

function started(start: () => TimerWorker): TimerWorker | null {
  try {
    return start()
  } catch {
    // No Worker here (Node), or the page's policy forbids it: the caller falls back.
    return null
  }
}
