import { GRADE_WORDS, GRADES } from '../../errors/grade.ts'
import type { FailureProfile } from '../evidence.ts'
import { formatCount } from '../../format.ts'
import type { EvidencePart } from './evidencePart.ts'

/** How well each single refusal is explained. Null where there is none. */
export function gradesPart({ grades }: FailureProfile): EvidencePart | null {
  const total = GRADES.reduce((sum, grade) => sum + grades[grade], 0)
  if (total === 0) return null
  return {
    id: 'grades',
    title: total === 1 ? 'Grade of the refusal' : `Grades of the ${formatCount(total)} refusals`,
    says: [],
    rows: GRADES.map((grade) => ({
      name: `${grade} ${GRADE_WORDS[grade]}`,
      value: formatCount(grades[grade]),
      meaning: '',
      isPictured: true,
    })),
    meaning:
      'A: the server itself named the limit in its answer. B: the organisation recorded a limit nearly used up at that time. C: a series was near its limit at that moment, which may be chance. D: nothing explains it.',
  }
}
