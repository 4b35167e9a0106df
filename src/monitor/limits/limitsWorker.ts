import type { Certificate } from '#domain/limits/certificate.ts'
import type { Rejudged } from '#domain/limits/rejudged.ts'
import type { WhatIf } from '#domain/limits/whatIf.ts'
import { createWorkerDesk, type DeskWorker } from '../workerDesk.ts'
import type { LimitsAnswer, LimitsQuestion } from './limitsQuestion.ts'

type Input<Kind extends LimitsQuestion['kind']> = Extract<LimitsQuestion, { kind: Kind }>['input']

/** Where questions about limits are worked out. Rejects when the work fails, or is called off by `close`. */
export type LimitsWorker = {
  certificate: (input: Input<'certificate'>) => Promise<Certificate>
  whatIf: (input: Input<'whatIf'>) => Promise<WhatIf>
  rejudged: (input: Input<'rejudged'>) => Promise<Rejudged>
  close: () => void
}

/** Two weeks of samples on both sides take a few seconds: who has not answered by then never will. */
const PATIENCE_MS = 60_000

const startWorker = (): DeskWorker<LimitsQuestion, LimitsAnswer> =>
  new Worker(new URL('./limits.worker.ts', import.meta.url), { type: 'module', name: 'limits' })

const directly = async (question: LimitsQuestion) => {
  const { limitsAnswer } = await import('./limitsAnswer.ts')
  return limitsAnswer(question)
}

/** Works in a worker, so that no frame waits for a replay; directly where there is none (Node). */
export function createLimitsWorker(): LimitsWorker {
  const { ask, close } = createWorkerDesk({
    name: 'limits',
    start: startWorker,
    directly: typeof Worker === 'undefined' ? directly : null,
    patienceMs: PATIENCE_MS,
  })
  async function answered<Kind extends LimitsAnswer['kind']>(question: LimitsQuestion, kind: Kind) {
    const answer = await ask(question)
    if (answer.kind !== kind) throw new Error(`${kind} was asked for, ${answer.kind} came`)
    return answer as Extract<LimitsAnswer, { kind: Kind }>
  }
  return {
    certificate: async (input) =>
      (await answered({ kind: 'certificate', input }, 'certificate')).certificate,
    whatIf: async (input) => (await answered({ kind: 'whatIf', input }, 'whatIf')).found,
    rejudged: async (input) => (await answered({ kind: 'rejudged', input }, 'rejudged')).found,
    close,
  }
}
