import { createWorkerDesk, type DeskWorker, type WorkerDesk } from '../workerDesk.ts'
import type { BacktestAnswer, BacktestRequest } from './backtestAnswer.ts'

export type BacktestWorker = WorkerDesk<BacktestRequest, BacktestAnswer>

const startWorker = (): DeskWorker<BacktestRequest, BacktestAnswer> =>
  new Worker(new URL('./backtest.worker.ts', import.meta.url), { type: 'module', name: 'backtest' })

const directly = async (request: BacktestRequest, progress?: (share: number) => void) => {
  const { backtestAnswer } = await import('./backtestAnswer.ts')
  return backtestAnswer(request, progress)
}

/**
 * Works in a worker, since a month takes seconds; directly where there is none (Node). Without a time-out: who
 * waits sees how far it has come, and `close` ends it.
 */
export const createBacktestWorker = (): BacktestWorker =>
  createWorkerDesk({
    name: 'backtest',
    start: startWorker,
    directly: typeof Worker === 'undefined' ? directly : null,
  })
