import type { EvidenceReport } from '../evidence/evidence.ts'
import { gapLines, limitLines, noteLines } from './changeLines.ts'
import { firstCrossing } from './firstCrossing.ts'
import type { Incident } from './incident.ts'
import { crossingLine, endLine, startLine, warnLines } from './levelLines.ts'
import { firstRefusalLine, peakLine, recoveryLine, stormLine } from './refusalLines.ts'
import { TIMELINE_KINDS, type TimelineLine } from './timelineLine.ts'
import { timelineFacts } from './timelineFacts.ts'

/**
 * What happened in an incident, oldest first, drafted from its data: start and end of the window, the
 * first crossing and the first refusal, warnings that did not become one, the retry storm, the peak
 * of refusals, recovery, changes of the limit, gaps, and what people added. Every time lies within
 * the window. What the data does not show has no line; start and end always have one.
 *
 * `report` is the incident's own (`incidentEvidence`). O(n log n) over samples and errors.
 */
export function timelineOf(incident: Incident, report: EvidenceReport): readonly TimelineLine[] {
  const facts = timelineFacts(incident, report)
  const crossing = facts.level && firstCrossing(facts.level)
  const drafted = [
    ...warnLines(facts),
    crossing && crossingLine(facts, crossing),
    firstRefusalLine(facts, crossing),
    stormLine(facts),
    peakLine(facts),
    recoveryLine(facts),
    ...limitLines(facts),
    ...gapLines(facts),
    ...noteLines(facts),
  ].filter((line) => line !== null)
  return [startLine(facts), ...drafted.toSorted(oldestFirst), endLine(facts)]
}

/** Of lines for one instant the cause comes before its effect. */
const oldestFirst = (a: TimelineLine, b: TimelineLine) =>
  a.at - b.at || TIMELINE_KINDS.indexOf(a.kind) - TIMELINE_KINDS.indexOf(b.kind)
