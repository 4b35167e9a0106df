import type { EvidenceReport } from '../evidence.ts'
import { verdictWords } from '../verdict/verdictWords.ts'
import { againstPart } from './againstPart.ts'
import { dosePart } from './dosePart.ts'
import { enoughPart } from './enoughPart.ts'
import type { EvidencePart } from './evidencePart.ts'
import { forecastPart } from './forecastPart.ts'
import { gradesPart } from './gradesPart.ts'
import { leakPart } from './leakPart.ts'
import { notReleasedPart } from './notReleasedPart.ts'
import { orderPart } from './orderPart.ts'
import { raisePart } from './raisePart.ts'
import { shiftPart } from './shiftPart.ts'
import { stormPart } from './stormPart.ts'
import { surePart } from './surePart.ts'

/**
 * All that a report says, part by part in the order in which it is read: first the verdict and what
 * speaks against it, then whatever else was found. Parts that have nothing to say are left out.
 */
export function evidenceParts(report: EvidenceReport, zone: string): readonly EvidencePart[] {
  const { verdict, profile, leak, notReleased, storm, enough, raise } = report
  const next: EvidencePart = {
    id: 'next',
    title: 'What to do next',
    says: [verdictWords(report, zone).next],
    rows: [],
    meaning: null,
  }
  return [
    dosePart(verdict),
    surePart(verdict),
    shiftPart(verdict.shifts),
    orderPart(report),
    againstPart(report),
    gradesPart(profile),
    next,
    forecastPart(report),
    leakPart(leak, verdict.limit, zone),
    notReleasedPart(notReleased, zone),
    stormPart(storm, zone),
    enoughPart(enough, verdict.limit, verdict.errors),
    raisePart(raise, zone),
  ].filter((part) => part !== null)
}
