import type { ErrorEvent as ObservedError } from '#domain/errors/errorEvent.ts'
import { HistoryUnavailable } from './historyConnection.ts'
import type { HistoryDatabase } from './historyDb.ts'
import { type Answer, type Asked, type JobName, runJob } from './historyJobs.ts'
import { wholeAnswer } from './historyReplies.ts'
import type { HistoryReply, HistoryRequest } from './historyWorkerMessages.ts'

/** Where the long jobs of a history are done. */
export type HistoryDesk = {
  /** Rejects where the database refuses, never because of the worker. */
  ask: <Name extends JobName>(job: Name, asked: Asked<Name>) => Promise<Answer<Name>>
  close: () => void
}

/** A worker as far as the desk needs one. */
export type HistoryWorker = {
  postMessage: (request: HistoryRequest) => void
  onmessage: ((event: MessageEvent<HistoryReply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate: () => void
}

type Options = {
  /** The name of the database. */
  database: string
  /** The page's own connection, for what is done without a worker. */
  open: () => Promise<HistoryDatabase>
  start?: () => HistoryWorker
}

type Waiting = {
  resolve: (answer: unknown) => void
  reject: (reason: Error) => void
  errors: ObservedError[]
}

/** A worker at work says so every few seconds, however slow the database is: one silent for so long is dead. */
const PATIENCE_MS = 20_000

/** The worker is to blame, and the job is as good as not begun: its transaction ends with it. */
class WorkerGone extends Error {
  override readonly name = 'WorkerGone'
}

const startWorker = (): HistoryWorker =>
  new Worker(new URL('./history.worker.ts', import.meta.url), { type: 'module', name: 'history' })

/**
 * Does the jobs in a worker with a connection of its own, so that no frame waits for a month of
 * minutes; on the page's connection where there is no worker (Node), where it cannot be loaded, and
 * for what a worker that died or fell silent left undone. Jobs are whole transactions: to do one again
 * changes nothing.
 */
export function createHistoryDesk(options: Options): HistoryDesk {
  const { database, open, start = startWorker } = options
  const waiting = new Map<number, Waiting>()
  let worker: HistoryWorker | null = null
  let canStart = typeof Worker !== 'undefined' || start !== startWorker
  let hasSpoken = false
  let lastId = 0
  let patience: ReturnType<typeof setTimeout> | undefined

  const here = async (job: JobName, asked: unknown) => runJob(await open(), job, asked)

  function giveUp(reason: Error) {
    worker?.terminate()
    worker = null
    clearTimeout(patience)
    const left = [...waiting.values()]
    waiting.clear()
    for (const { reject } of left) reject(reason)
  }

  /** In real time, whatever the clock of the history says: that of a bench runs ahead. */
  function watch() {
    clearTimeout(patience)
    const tooLong = () => giveUp(new WorkerGone('the history worker fell silent'))
    if (waiting.size > 0) patience = setTimeout(tooLong, PATIENCE_MS)
  }

  function heard(reply: HistoryReply) {
    hasSpoken = true
    if (reply.kind !== 'alive') take(reply)
    watch()
  }

  function take(reply: Exclude<HistoryReply, { kind: 'alive' }>) {
    const asked = waiting.get(reply.id)
    if (!asked) return
    // Spread, thousands of them would not fit on the stack.
    if (reply.kind === 'errors') for (const event of reply.errors) asked.errors.push(event)
    else waiting.delete(reply.id)
    if (reply.kind === 'done') asked.resolve(wholeAnswer(reply.answer, asked.errors))
    if (reply.kind === 'failed') asked.reject(new HistoryUnavailable(reply.reason))
  }

  function started(): HistoryWorker {
    if (worker) return worker
    const mine = start()
    mine.onmessage = ({ data }) => heard(data)
    mine.onerror = ({ message }) => {
      // One that was given up may still complain.
      if (worker === mine) giveUp(new WorkerGone(message || 'it could not be loaded'))
    }
    worker = mine
    return mine
  }

  async function inWorker(job: JobName, asked: unknown): Promise<unknown> {
    const mine = started()
    const id = ++lastId
    try {
      return await new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, errors: [] })
        mine.postMessage({ id, database, job, asked })
        if (waiting.size === 1) watch()
      })
    } finally {
      waiting.delete(id)
    }
  }

  async function run(job: JobName, asked: unknown): Promise<unknown> {
    if (!canStart) return here(job, asked)
    try {
      return await inWorker(job, asked)
    } catch (cause) {
      if (cause instanceof HistoryUnavailable) throw cause
      // It died, fell silent, or may not start. One that never said a word never will.
      canStart = hasSpoken
      return here(job, asked)
    }
  }

  return {
    ask: <Name extends JobName>(job: Name, asked: Asked<Name>) =>
      run(job, asked) as Promise<Answer<Name>>,
    close: () => giveUp(new HistoryUnavailable('this page is closing')),
  }
}
