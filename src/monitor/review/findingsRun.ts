import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { messageOf } from '../messageOf.ts'
import type { FindingsView } from './reviewState.ts'
import type { ReviewWorker } from './reviewWorker.ts'

/**
 * Asks the worker about the newest incident; while it works on one, the next waits, and those between
 * are never asked about. What came of the one before is shown until the newest is known.
 */
export function createFindingsRun(
  worker: Pick<ReviewWorker, 'findings'>,
  show: (view: FindingsView) => void,
) {
  let wanted: Incident | null = null
  let last: IncidentFindings | null = null
  let isAsking = false
  let isClosed = false

  function ask(incident: Incident) {
    isAsking = true
    worker.findings(incident).then(
      (findings) => {
        // Nothing is wanted any more: what comes next has no draft before it.
        if (wanted) last = findings
        answered(incident, { kind: 'ready', findings })
      },
      (error: unknown) => answered(incident, { kind: 'failed', message: messageOf(error) }),
    )
  }

  function answered(incident: Incident, view: FindingsView) {
    isAsking = false
    if (isClosed || wanted === null) return
    if (wanted === incident) return show(view)
    show({ kind: 'computing', last })
    ask(wanted)
  }

  return {
    judge(incident: Incident | null) {
      wanted = incident
      if (!incident) {
        last = null
        return show({ kind: 'nothing' })
      }
      show({ kind: 'computing', last })
      if (!isAsking) ask(incident)
    },
    close() {
      isClosed = true
    },
  }
}
