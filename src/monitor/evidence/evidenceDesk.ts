import type { EvidenceAnswer, EvidenceReply, EvidenceRequest } from './evidenceRequest.ts'

/** Where evidence is worked out: one question at a time. */
export type EvidenceDesk = {
  /** Rejects when the worker fails or the desk is closed. */
  ask: (request: EvidenceRequest) => Promise<EvidenceAnswer>
  close: () => void
}

/** A worker as far as the desk needs one. */
export type DeskWorker = {
  postMessage: (message: { id: number; request: EvidenceRequest }) => void
  onmessage: ((event: MessageEvent<EvidenceReply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate: () => void
}

type Waiting = { resolve: (answer: EvidenceAnswer) => void; reject: (reason: Error) => void }

const startWorker = (): DeskWorker =>
  new Worker(new URL('./evidence.worker.ts', import.meta.url), { type: 'module', name: 'evidence' })

/**
 * Works in a worker, so that no frame waits for a permutation test; directly where there is none
 * (Node).
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
    worker = start()
    worker.onmessage = ({ data }) => {
      const asked = waiting.get(data.id)
      waiting.delete(data.id)
      if (data.kind === 'done') asked?.resolve(data.answer)
      else asked?.reject(new Error(data.message))
    }
    worker.onerror = ({ message }) => failAll(message || 'the evidence worker could not be loaded')
    return worker
  }

  return {
    async ask(request) {
      if (typeof Worker === 'undefined' && start === startWorker) {
        const { evidenceAnswer } = await import('./evidenceAnswer.ts')
        return evidenceAnswer(request)
      }
      return new Promise((resolve, reject) => {
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        started().postMessage({ id, request })
      })
    },
    close: () => failAll('the evidence desk was closed'),
  }
}
