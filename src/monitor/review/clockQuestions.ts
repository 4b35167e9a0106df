import { type Draft, type DraftFile, incidentOf } from '#domain/incident/draft.ts'
import { incidentSubject } from '#domain/incident/incidentEvidence.ts'
import type { ClockQuestion } from './clockViews.ts'

/** What is asked about the clock of one file. */
type AskedClock = {
  id: string
  /** What the question follows from: while all of it is the same, so is the answer. */
  from: readonly unknown[]
  questionOf: () => ClockQuestion
}

/**
 * What each file had open, to be held against what everything else counts. A file's own offset is no part of the
 * question: it is what is looked for.
 */
export function clockQuestions(draft: Draft): readonly AskedClock[] {
  const { base, span, files } = draft
  return files.map((file) => {
    const others = files.filter((one) => one !== file)
    const { source, observation, headers = null } = file
    return {
      id: source.id,
      from: [observation, base, span, ...others],
      questionOf() {
        const level = levelOf(file)
        const reference = level && referenceIn({ ...draft, files: others })
        return { headers, pair: reference && { level, ...reference } }
      },
    }
  })
}

/** Whether clocks may stay as they were compared: nothing was added, taken off or moved. */
export const haveSameTimes = (files: readonly DraftFile[], before: readonly DraftFile[]) =>
  files.length === before.length &&
  files.every(
    (file, i) =>
      file.observation === before[i]!.observation && file.source.clock === before[i]!.source.clock,
  )

/** What a file says was open; null where it says nothing of the kind. */
function levelOf({ observation: { metrics, samples } }: DraftFile) {
  const gauge = metrics.find(({ kind }) => kind === 'gauge')
  return samples.find(({ metric }) => metric === gauge?.id)?.series ?? null
}

function referenceIn(others: Draft) {
  const incident = incidentOf(others)
  const metric = incident && incidentSubject(incident).metric
  const found = metric && incident.samples.find((one) => one.metric === metric.id)
  return found ? { against: metric.title, reference: found.series } : null
}
