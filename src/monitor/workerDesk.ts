import { messageOf } from './messageOf.ts'

/** What a worker answers to the request of this number. */
export type DeskReply<Answer> =
  | { id: number; kind: 'done'; answer: Answer }
  | { id: number; kind: 'failed'; message: string }
  /** How far it has come, 0–1. */
  | { id: number; kind: 'progress'; share: number }

/** A worker as far as a desk needs one. */
export type DeskWorker<Request, Answer> = {
  postMessage: (message: { id: number; request: Request }, transfer: Transferable[]) => void
  onmessage: ((event: MessageEvent<DeskReply<Answer>>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate: () => void
}

/** Where long work is done: rejects when the worker fails or the desk is closed. */
export type WorkerDesk<Request, Answer> = {
  /** `progress` hears how far it has come, 0–1, where the work tells. */
  ask: (request: Request, progress?: Progress) => Promise<Answer>
  close: () => void
}

type Progress = (share: number) => void

type Options<Request, Answer> = {
  /** For messages: `evidence`. */
  name: string
  start: () => DeskWorker<Request, Answer>
  /** Does the same where there are no workers (Node); null where `start` is always used. */
  directly: ((request: Request, progress?: Progress) => Promise<Answer>) | null
  /** What of a request is given away: who asked has none of it any more. */
  given?: (request: Request) => Transferable[]
  /** Who has not answered by then never will. */
  patienceMs?: number
  /** After so many answers a fresh worker takes over. */
  mostAnswers?: number
}

type Waiting<Answer> = {
  resolve: (answer: Answer) => void
  reject: (reason: Error) => void
  progress: Progress | undefined
}

/** Hands requests to one worker, which is started by the first and again after it has failed. */
export function createWorkerDesk<Request, Answer>({
  name,
  start,
  directly,
  given = () => [],
  patienceMs,
  mostAnswers = Infinity,
}: Options<Request, Answer>): WorkerDesk<Request, Answer> {
  const waiting = new Map<number, Waiting<Answer>>()
  let worker: DeskWorker<Request, Answer> | null = null
  let lastId = 0

  function failAll(message: string) {
    worker?.terminate()
    // A worker that failed once may load the next time: a new one is started by the next question.
    worker = null
    for (const { reject } of waiting.values()) reject(new Error(message))
    waiting.clear()
  }

  function started(): DeskWorker<Request, Answer> {
    if (worker) return worker
    const mine = start()
    let answers = 0
    mine.onmessage = ({ data }) => {
      const asked = waiting.get(data.id)
      if (data.kind === 'progress') return asked?.progress?.(data.share)
      waiting.delete(data.id)
      answers += 1
      // Loading it left an entry in the page's timeline, which nobody reads and weeks would fill.
      if (answers === 1) performance.clearResourceTimings()
      if (answers >= mostAnswers && waiting.size === 0 && worker === mine) {
        mine.terminate()
        worker = null
      }
      if (data.kind === 'done') asked?.resolve(data.answer)
      else asked?.reject(new Error(data.message))
    }
    // One that was given up may still complain.
    mine.onerror = ({ message }) => {
      if (worker === mine) failAll(message || `the ${name} worker could not be loaded`)
    }
    worker = mine
    return mine
  }

  return {
    async ask(request, progress) {
      if (directly) return directly(request, progress)
      const id = ++lastId
      const tooLate = `the ${name} took longer than ${(patienceMs ?? 0) / 1_000} s and was given up`
      const patience = patienceMs && setTimeout(() => failAll(tooLate), patienceMs)
      try {
        return await new Promise<Answer>((resolve, reject) => {
          waiting.set(id, { resolve, reject, progress })
          started().postMessage({ id, request }, given(request))
        })
      } finally {
        clearTimeout(patience)
        waiting.delete(id)
      }
    },
    close: () => failAll(`the ${name} desk was closed`),
  }
}

/** The worker's side: what it answers to a request, or why it could not. */
export function answerWith<Request, Answer>(
  answer: (request: Request, progress: Progress) => Answer,
) {
  const reply = (message: DeskReply<Answer>) => globalThis.postMessage(message)
  globalThis.onmessage = ({
    data: { id, request },
  }: MessageEvent<{ id: number; request: Request }>) => {
    try {
      const progress = (share: number) => reply({ id, kind: 'progress', share })
      reply({ id, kind: 'done', answer: answer(request, progress) })
    } catch (error) {
      reply({ id, kind: 'failed', message: messageOf(error) })
    }
  }
}
