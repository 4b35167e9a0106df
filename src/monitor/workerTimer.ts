import type { Timer } from './clock.ts'
import { createPageTimer } from './pageTimer.ts'

/**
 * What the page tells the worker: wake me for `id` after a while, in place of what was asked before, or
 * (null) not at all.
 */
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
 *
 * The worker is asked for the next call only: most calls (time-outs) are taken back, and with fifty
 * organisations a message for each was a tenth of the page's work.
 */
export function createWorkerTimer(start: () => TimerWorker = startWorker): Timer {
  const worker = started(start)
  const page = createPageTimer()
  if (!worker) return page

  const pending = new Map<number, Pending>()
  /** What the worker was asked for, and when it is due; null: nothing. */
  let asked: { id: number; dueMs: number } | null = null
  let isCalling = false
  let isBroken = false
  let lastId = 0

  function fire(id: number) {
    const waiting = pending.get(id)
    pending.delete(id)
    waiting?.call()
  }
  const onPage = (id: number, delayMs: number) => page.after(delayMs, () => fire(id))

  function ask(id: number, dueMs: number, delayMs: number) {
    asked = { id, dueMs }
    worker!.postMessage({ id, delayMs })
  }

  function askForNext() {
    let next: { id: number; dueMs: number } | null = null
    for (const [id, { dueMs }] of pending) if (!next || dueMs < next.dueMs) next = { id, dueMs }
    if (next) ask(next.id, next.dueMs, Math.max(0, Math.ceil(next.dueMs - performance.now())))
  }

  function callDue() {
    const now = performance.now()
    const due: { id: number; dueMs: number }[] = []
    for (const [id, { dueMs }] of pending) if (dueMs <= now) due.push({ id, dueMs })
    isCalling = true
    for (const { id } of due.sort((a, b) => a.dueMs - b.dueMs)) {
      try {
        fire(id)
      } catch (error) {
        // Heard as from any timer, and nobody else's affair: the others have their call.
        queueMicrotask(() => {
          throw error
        })
      }
    }
    isCalling = false
  }

  worker.onmessage = () => {
    if (isBroken) return
    asked = null
    callDue()
    askForNext()
  }
  worker.onerror = () => {
    isBroken = true
    worker.terminate()
    for (const [id, { dueMs }] of pending) onPage(id, dueMs - performance.now())
  }

  return {
    after(delayMs, call) {
      const id = ++lastId
      const dueMs = performance.now() + delayMs
      pending.set(id, { call, dueMs })
      const cancelOnPage = isBroken ? onPage(id, delayMs) : null
      if (!isBroken && !isCalling && dueMs < (asked?.dueMs ?? Infinity)) ask(id, dueMs, delayMs)
      return () => {
        if (!pending.delete(id)) return
        cancelOnPage?.()
        if (isBroken || isCalling || pending.size > 0 || !asked) return
        worker.postMessage({ id: asked.id, delayMs: null })
        asked = null
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
