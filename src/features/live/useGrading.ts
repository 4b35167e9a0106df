import { useCallback } from 'react'
import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { gradeContext } from '#domain/errors/gradeContext.ts'
import { type GradeReason, gradeReason } from '#domain/errors/grades.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useOrgFacts } from '#state/useOrgFacts.ts'

/** The grade of a capacity error, null for others and where no samples could tell: asked for the rows in view, so each reads its own two minutes. */
export type Grading = (event: ErrorEvent) => GradeReason | null

/** Grades single errors by what is known now. `judged`: the metric whose limit is on trial. */
export function useGrading(judged: Metric | null): Grading {
  const { series, drawn } = useMonitor()
  const { metrics, limits, markers } = useOrgFacts()
  return useCallback(
    (event) => {
      if (event.class !== 'capacity') return null
      const sources = { metrics, limits, markers, slice: series.slice, judged }
      const reason = gradeReason(event, gradeContext(sources, event.at, event.at))
      // In steps nothing would have been found, whatever there was.
      const isKnown = reason.grade !== 'D' || drawn.tier(event.at, event.at) === null
      return isKnown ? reason : null
    },
    [series, drawn, metrics, limits, markers, judged],
  )
}
