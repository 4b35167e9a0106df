import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { Series } from '#domain/series/series.ts'
import type { WrittenBundle } from '#sources/exports/bundle/writeBundle.ts'
import { packedIncident } from './packedIncident.ts'
import { reviewAnswer } from './reviewAnswer.ts'
import type { ReviewAnswer, ReviewQuestion, ReviewReply } from './reviewQuestion.ts'

/** Where a review is worked out. Rejects when the work fails, or is called off by `close`. */
export type ReviewWorker = {
  findings: (incident: Incident) => Promise<IncidentFindings>
  match: (reference: Series, other: Series) => Promise<Extract<ReviewAnswer, { kind: 'match' }>>
  /** Writes an incident as one file. Rejects above 10 MB, with what would help. */
  bundle: (incident: Incident, report: EvidenceReport, viewerCode: string) => Promise<WrittenBundle>
  close: () => void
}

type Waiting = { resolve: (answer: ReviewAnswer) => void; reject: (reason: Error) => void }

/** Works in a worker, so that no frame waits for a permutation test; directly where there is none (Node). */
export function createReviewWorker(): ReviewWorker {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let lastId = 0

  function failAll(message: string) {
    worker?.terminate()
    worker = null
    for (const { reject } of waiting.values()) reject(new Error(message))
    waiting.clear()
  }

  function started(): Worker {
    if (worker) return worker
    const mine = new Worker(new URL('./review.worker.ts', import.meta.url), {
      type: 'module',
      name: 'review',
    })
    mine.onmessage = ({ data }: MessageEvent<ReviewReply>) => {
      const asked = waiting.get(data.id)
      waiting.delete(data.id)
      if ('answer' in data) asked?.resolve(data.answer)
      else asked?.reject(new Error(data.message))
    }
    mine.onerror = ({ message }) => {
      if (worker === mine) failAll(message || 'the review worker could not be loaded')
    }
    worker = mine
    return mine
  }

  async function ask(question: ReviewQuestion): Promise<ReviewAnswer> {
    if (typeof Worker === 'undefined') return reviewAnswer(question)
    const id = ++lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      started().postMessage({ id, question })
    })
  }

  return {
    async findings(incident) {
      const answer = await ask({ kind: 'findings', incident: packedIncident(incident) })
      if (answer.kind !== 'findings')
        throw new Error(`findings were asked for, ${answer.kind} came`)
      return answer.findings
    },
    async match(reference, other) {
      const answer = await ask({ kind: 'match', reference, other })
      if (answer.kind !== 'match') throw new Error(`a match was asked for, ${answer.kind} came`)
      return answer
    },
    async bundle(incident, report, viewerCode) {
      const answer = await ask({
        kind: 'bundle',
        incident: packedIncident(incident),
        report,
        viewerCode,
      })
      if (answer.kind !== 'bundle') throw new Error(`a bundle was asked for, ${answer.kind} came`)
      return answer.written
    },
    close: () => failAll('the review was left'),
  }
}
