import type { EpochMs } from '../units.ts'
import type { ErrorEvent } from './errorEvent.ts'
import { gradeContext, type GradeSources } from './gradeContext.ts'
import { type GradeReason, gradeReason } from './grades.ts'

/** The grade of a capacity error, with what it rests on; null for others, and where nobody could tell. */
export type Grading = (event: ErrorEvent) => GradeReason | null

/**
 * Grades single errors. Asked for the rows in view, so each reads its own two minutes. `isSampled`:
 * whether samples are held of an instant; where only steps are, nothing would have been found,
 * whatever there was.
 */
export const gradingBy =
  (sources: GradeSources, isSampled: (at: EpochMs) => boolean): Grading =>
  (event) => {
    if (event.class !== 'capacity') return null
    const reason = gradeReason(event, gradeContext(sources, event.at, event.at))
    return reason.grade !== 'D' || isSampled(event.at) ? reason : null
  }
