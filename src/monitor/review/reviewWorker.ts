import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { Series } from '#domain/series/series.ts'
import type { WrittenBundle } from '#sources/exports/bundle/writeBundle.ts'
import { createWorkerDesk, type DeskWorker } from '../workerDesk.ts'
import { packedIncident } from './packedIncident.ts'
import type { ReviewAnswer, ReviewQuestion } from './reviewQuestion.ts'

/** Where a review is worked out. Rejects when the work fails, or is called off by `close`. */
export type ReviewWorker = {
  findings: (incident: Incident) => Promise<IncidentFindings>
  match: (reference: Series, other: Series) => Promise<Extract<ReviewAnswer, { kind: 'match' }>>
  /** Writes an incident as one file. Rejects above 10 MB, with what would help. */
  bundle: (incident: Incident, report: EvidenceReport, viewerCode: string) => Promise<WrittenBundle>
  close: () => void
}

const startWorker = (): DeskWorker<ReviewQuestion, ReviewAnswer> =>
  new Worker(new URL('./review.worker.ts', import.meta.url), { type: 'module', name: 'review' })

const directly = async (question: ReviewQuestion) => {
  const { reviewAnswer } = await import('./reviewAnswer.ts')
  return reviewAnswer(question)
}

/** Works in a worker, so that no frame waits for a permutation test; directly where there is none (Node). */
export function createReviewWorker(): ReviewWorker {
  const { ask, close } = createWorkerDesk({
    name: 'review',
    start: startWorker,
    directly: typeof Worker === 'undefined' ? directly : null,
  })
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
    close,
  }
}
