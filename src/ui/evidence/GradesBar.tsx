import { GRADE_WORDS, GRADES } from '#domain/errors/grade.ts'
import type { FailureProfile } from '#domain/evidence/evidence.ts'
import { formatCount } from '#domain/format.ts'
import classes from './Evidence.module.css'

/** How well the refusals are explained, as one bar from A to D, and what the letters mean. */
export function GradesBar({ grades }: Pick<FailureProfile, 'grades'>) {
  const present = GRADES.filter((grade) => grades[grade] > 0)
  return (
    <>
      <ul className={classes.grades}>
        {present.map((grade) => (
          <li key={grade} className={classes.grade} style={{ flexGrow: grades[grade] }}>
            <span className={classes.gradeBar} data-grade={grade} aria-hidden="true" />
            {grade} {formatCount(grades[grade])}
          </li>
        ))}
      </ul>
      <p className={classes.small}>
        {GRADES.map((grade) => `${grade} ${GRADE_WORDS[grade]}`).join(' · ')}
      </p>
    </>
  )
}
