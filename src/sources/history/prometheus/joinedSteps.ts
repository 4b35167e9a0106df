import { clippedSummaries, joinedSummaries } from '#domain/series/minuteSummaries.ts'
import type { DurationMs } from '#domain/units.ts'
import type { KeptSummaries } from '../history.ts'
import type { Span } from './keptWindows.ts'

/** Steps of parts that follow each other, cut to a span; of several descriptions of a metric the last. */
export function joinedSteps(
  parts: readonly KeptSummaries[],
  { from, to }: Span,
  stepMs: DurationMs,
): KeptSummaries {
  const metrics = new Map(parts.flatMap((part) => part.metrics.map((one) => [one.id, one])))
  const summaries = [...metrics.keys()]
    .map((metric) => ({
      metric,
      steps: joinedSummaries(
        parts
          .flatMap((part) => part.summaries.filter((one) => one.metric === metric))
          .map(({ steps }) => clippedSummaries(steps, from, to)),
        stepMs,
      ),
    }))
    .filter(({ steps }) => steps.startMs.length > 0)
  return { metrics: [...metrics.values()], summaries }
}
