import { buffersOf } from '#domain/buffersOf.ts'
import { createWorkerDesk, type DeskWorker, type WorkerDesk } from '../workerDesk.ts'
import type { EvidenceAnswer, EvidenceRequest } from './evidenceRequest.ts'

/** Where evidence is worked out: one question at a time. */
export type EvidenceDesk = WorkerDesk<EvidenceRequest, EvidenceAnswer>

/** Two weeks take a second or two: who has not answered by then never will. */
const PATIENCE_MS = 60_000

/**
 * A worker's heap for young objects grows with use up to 32 MB and is never made smaller: a page that
 * is open for weeks takes a fresh worker after so many answers.
 */
const MOST_ANSWERS = 100

const startWorker = (): DeskWorker<EvidenceRequest, EvidenceAnswer> =>
  new Worker(new URL('./evidence.worker.ts', import.meta.url), { type: 'module', name: 'evidence' })

const directly = async (request: EvidenceRequest) => {
  const { evidenceAnswer } = await import('./evidenceAnswer.ts')
  return evidenceAnswer(request)
}

/**
 * Works in a worker, so that no frame waits for a permutation test; directly where there is none
 * (Node). The columns of a request are given away: who asked has none of them any more.
 */
export const createEvidenceDesk = (start = startWorker): EvidenceDesk =>
  createWorkerDesk({
    name: 'evidence',
    start,
    directly: typeof Worker === 'undefined' && start === startWorker ? directly : null,
    given: buffersOf,
    patienceMs: PATIENCE_MS,
    mostAnswers: MOST_ANSWERS,
  })
