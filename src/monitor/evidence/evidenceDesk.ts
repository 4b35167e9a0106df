import { buffersOf } from '#domain/buffersOf.ts'
import type { EvidenceAnswer, EvidenceReply, EvidenceRequest } from './evidenceRequest.ts'

/** Where evidence is worked out: one question at a time. */
export type EvidenceDesk = {
  /** Rejects when the worker fails or the desk is closed. */
  ask: (request: EvidenceRequest) => Promise<EvidenceAnswer>
  close: () => void
}

/** A worker as far as the desk needs one. */
export type DeskWorker = {
  postMessage: (message: { id: number; request: EvidenceRequest }, transfer: Transferable[]) => void
  onmessage: ((event: MessageEvent<EvidenceReply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate: () => void
}

type Waiting = { resolve: (answer: EvidenceAnswer) => void; reject: (reason: Error) => void }

/** Two weeks take a second or two: who has not answered by then never will. */
const PATIENCE_MS = 60_000

/**
 * A worker's heap for young objects grows with use up to 32 MB and is never made smaller: a page that
 * is open for weeks takes a fresh worker after so many answers.
 */
const MOST_ANSWERS = 100

const startWorker = (): DeskWorker =>
  new Worker(new URL('./evidence.worker.ts', import.meta.url), { type: 'module', name: 'evidence' })

/**
 * Works in a worker, so that no frame waits for a permutation test; directly where there is none
 * (Node). The columns of a request are given away: who asked has none of them any more.
 */
export function createEvidenceDesk(start: () => DeskWorker = startWorker): EvidenceDesk {
  const waiting = new Map<number, Waiting>()
  let worker: DeskWorker | null = null
  let lastId = 0

  function failAll(message: string) {
    worker?.terminate()
    // A worker that failed once may load the next time: a new one is started by the next question.
    worker = null
    for (const { reject } of waiting.values()) reject(new Error(message))
    waiting.clear()
  }

  function started(): DeskWorker {
    if (worker) return worker
    const mine = start()
    let answers = 0
    mine.onmessage = ({ data }) => {
      const asked = waiting.get(data.id)
      waiting.delete(data.id)
      answers += 1
      // Loading it left an entry in the page's timeline, which nobody reads and weeks would fill.
      if (answers === 1) performance.clearResourceTimings()
      if (answers >= MOST_ANSWERS && waiting.size === 0 && worker === mine) {
        mine.terminate()
        worker = null
      }
      if (data.kind === 'done') asked?.resolve(data.answer)
      else asked?.reject(new Error(data.message))
    }
    // One that was given up may still complain.
    mine.onerror = ({ message }) => {
      if (worker === mine) failAll(message || 'the evidence worker could not be loaded')
    }
    worker = mine
    return mine
  }

  return {
    async ask(request) {
      if (typeof Worker === 'undefined' && start === startWorker) {
        const { evidenceAnswer } = await import('./evidenceAnswer.ts')
        return evidenceAnswer(request)
      }
      const id = ++lastId
      const tooLate = `the evidence took longer than ${PATIENCE_MS / 1_000} s and was given up`
      const patience = setTimeout(() => failAll(tooLate), PATIENCE_MS)
      try {
        return await new Promise<EvidenceAnswer>((resolve, reject) => {
          waiting.set(id, { resolve, reject })
          started().postMessage({ id, request }, buffersOf(request))
        })
      } finally {
        clearTimeout(patience)
        waiting.delete(id)
      }
    },
    close: () => failAll('the evidence desk was closed'),
  }
}
