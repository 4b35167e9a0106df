import type { ErrorEvent } from '../errors/errorEvent.ts'
import type { EvidenceReport } from '../evidence/evidence.ts'
import { evidenceParts } from '../evidence/parts/evidenceParts.ts'
import type { PartId } from '../evidence/parts/evidencePart.ts'
import { formatDuration } from '../format.ts'
import { type Iteration, iterationsOf } from '../timeline/iterations.ts'
import { numberedByName } from '../timeline/namedNumber.ts'
import { durationMs, type DurationMs, type EpochMs, epochMs, MINUTE_MS } from '../units.ts'
import type { Incident } from './incident.ts'
import { type IncidentLevel, refusalsOf, subjectLevel } from './incidentLevels.ts'

/** What the lines of a timeline are drafted from. */
export type TimelineFacts = {
  incident: Incident
  report: EvidenceReport
  /** What the incident is about; null where no level is known. */
  level: IncidentLevel | null
  /** Capacity errors, each told once, oldest first. */
  refusals: readonly ErrorEvent[]
  /** Marked repetitions of load tests, oldest first. */
  iterations: readonly Iteration[]
  /** A part of the evidence, where the report has something to say in it. */
  part: (id: PartId) => PartId | null
}

export function timelineFacts(incident: Incident, report: EvidenceReport): TimelineFacts {
  const parts = new Set(evidenceParts(report, incident.zone).map(({ id }) => id))
  const runs = iterationsOf(incident.markers, incident.to)
  const watched = runs.filter(({ isFile }) => !isFile)
  return {
    incident,
    report,
    level: subjectLevel(incident),
    refusals: refusalsOf(incident),
    iterations: (watched.length > 0 ? watched : runs).flatMap(({ iterations }) =>
      numberedByName(iterations).filter(({ label }) => label !== ''),
    ),
    part: (id) => (parts.has(id) ? id : null),
  }
}

/** The repetition that went on at an instant; null where none was marked. */
export const iterationAt = ({ iterations }: TimelineFacts, at: EpochMs): Iteration | null =>
  iterations.findLast(({ from, to }) => from <= at && at <= (to ?? Infinity)) ?? null

/** `Iteration 6`, or its name where that says more. */
export const iterationText = ({ number, label }: Iteration) =>
  /^(iteration\s*)?\d*$/i.test(label) ? `Iteration ${number}` : label

/** Sentences one after the other, without those that are empty. */
export const joined = (...sentences: readonly (string | null)[]) =>
  sentences.filter((one) => one !== null && one !== '').join(' ')

/** A length of time, in whole minutes from two on: `7 min`, `50 s`. */
export const shortDuration = (lengthMs: number) =>
  formatDuration(
    lengthMs >= 2 * MINUTE_MS ? Math.round(lengthMs / MINUTE_MS) * MINUTE_MS : lengthMs,
  )

/** When something happened that lies between two instants. */
export const between = (from: EpochMs, to: EpochMs): { at: EpochMs; plusMinusMs: DurationMs } => ({
  at: epochMs(from + (to - from) / 2),
  plusMinusMs: durationMs((to - from) / 2),
})
