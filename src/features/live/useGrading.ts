import { useMemo } from 'react'
import { type Grading, gradingBy } from '#domain/errors/grading.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useOrgFacts } from '#state/useOrgFacts.ts'

/** Grades single errors by what is known now. `judged`: the metric whose limit is on trial. */
export function useGrading(judged: Metric | null): Grading {
  const { series, drawn } = useMonitor()
  const { metrics, limits, markers } = useOrgFacts()
  return useMemo(
    () =>
      gradingBy(
        { metrics, limits, markers, slice: series.slice, judged },
        (at) => drawn.tier(at, at) === null,
      ),
    [series, drawn, metrics, limits, markers, judged],
  )
}
