import { type Observation, observation } from '#domain/observation.ts'
import type { Redactor } from '../redaction.ts'
import { createAttemptCounts } from './attemptCounts.ts'
import type { ErrorCollector } from './errorCounts.ts'
import type { Failure } from './failure.ts'
import {
  attemptsMetric,
  fileMarkers,
  type FileNames,
  type FileRun,
  levelMetric,
} from './fileSeries.ts'
import { createLevelPeaks } from './levelPeaks.ts'
import type { Sample } from './sample.ts'

/**
 * Turns the samples of a file into what the stores take: what was open (the highest of each second),
 * attempts per second, failures as they are collected, and where the run begins
 * and ends. Memory grows with seconds and kinds of failure, not with rows.
 */
export function createFileObservation(
  name: string,
  names: FileNames,
  errors: ErrorCollector,
  redactor: Redactor,
) {
  const levels = createLevelPeaks()
  const attempts = createAttemptCounts()
  const toldMetrics = new Set<string>()
  /** By id, the instant each was told at. */
  const toldMarkers = new Map<string, number>()

  let origin: string | null = null
  const originOf = () => (origin ??= redactor.clean(name))

  /** What the file has columns for, in the order in which it is shown. */
  function metricsOf({ fileId }: FileRun) {
    const levelPart = { metric: levelMetric(names, fileId, originOf()), of: levels }
    const attemptsPart = { metric: attemptsMetric(names, fileId, originOf()), of: attempts }
    return [levelPart, attemptsPart].filter(({ of }) => of.hasAny())
  }

  return {
    /** Takes in one sample; one that repeats others (a sub-result) tells only its level. */
    add(sample: Sample, failure: Failure | null, isRepeat: boolean) {
      if (sample.allThreads !== null) levels.add(sample.endMs, sample.allThreads)
      if (isRepeat) return
      attempts.add(sample.startMs)
      if (failure) errors.add(sample, failure)
    },
    /** What was open at an instant, where the file tells it beside its samples. */
    addLevel: (atMs: number, count: number) => levels.add(atMs, count),
    /** All of it. */
    whole(run: FileRun): Observation {
      const parts = metricsOf(run)
      return observation({
        metrics: parts.map(({ metric }) => metric),
        samples: parts.map(({ metric, of }) => ({ metric: metric.id, series: of.series() })),
        errors: errors.events(),
        markers: fileMarkers(names.kind, run, originOf()),
      })
    },
    /**
     * What was not told yet, of the seconds before `before` (in seconds since 1970): those may
     * still grow, and would be told again.
     */
    news(run: FileRun, before: number): Observation {
      const parts = metricsOf(run)
      const metrics = parts.map(({ metric }) => metric).filter(({ id }) => !toldMetrics.has(id))
      for (const { id } of metrics) toldMetrics.add(id)
      const markers = fileMarkers(names.kind, run, originOf()).filter(
        ({ id, at }) => toldMarkers.get(id) !== at,
      )
      for (const { id, at } of markers) toldMarkers.set(id, at)
      return observation({
        metrics,
        samples: parts
          .map(({ metric, of }) => ({ metric: metric.id, series: of.news(before) }))
          .filter(({ series }) => series.timeMs.length > 0),
        errors: errors.news(before),
        markers,
      })
    },
  }
}
