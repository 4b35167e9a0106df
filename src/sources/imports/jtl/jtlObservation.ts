import { DEFAULT_THRESHOLDS, type Metric } from '#domain/metrics/metric.ts'
import { type Observation, observation } from '#domain/observation.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import { epochMs, metricId } from '#domain/units.ts'
import type { Redactor } from '../redaction.ts'
import { createAttemptCounts } from './attemptCounts.ts'
import { createErrorCounts } from './errorCounts.ts'
import type { JtlFailure } from './jtlFailure.ts'
import type { JtlSample } from './jtlSample.ts'
import type { JtlTexts } from './jtlTexts.ts'
import { createThreadPeaks } from './threadPeaks.ts'

/** A file by its id, and when its run began and ended (ms); `endMs` is null while it may go on. */
export type JtlRun = { fileId: string; firstMs: number; endMs: number | null }

/**
 * Turns the samples of a JTL into what the stores take: active threads (the highest of each second),
 * attempts per second, failures counted per second, class, code, label and thread group, and
 * where the run begins and ends. Memory grows with seconds and kinds of failure, not with rows.
 */
export function createJtlObservation(name: string, texts: JtlTexts, redactor: Redactor) {
  const threads = createThreadPeaks()
  const attempts = createAttemptCounts()
  const errors = createErrorCounts(texts, redactor)
  const toldMetrics = new Set<string>()
  /** By id, the instant each was told at. */
  const toldMarkers = new Map<string, number>()

  let origin: string | null = null
  const originOf = () => (origin ??= redactor.clean(name))

  /** What the file has columns for, in the order in which it is shown. */
  function metricsOf(run: JtlRun) {
    const origin = originOf()
    const threadsPart = { metric: threadsMetric(run, origin), of: threads }
    const attemptsPart = { metric: attemptsMetric(run, origin), of: attempts }
    return [threadsPart, attemptsPart].filter(({ of }) => of.hasAny())
  }
  return {
    /** Takes in one sample; one that repeats others (a sub-result) tells only its threads. */
    add(sample: JtlSample, failure: JtlFailure | null, isRepeat: boolean) {
      if (sample.allThreads !== null) threads.add(sample.endMs, sample.allThreads)
      if (isRepeat) return
      attempts.add(sample.startMs)
      if (failure) errors.add(sample, failure)
    },
    hasTooManyRoutes: errors.hasTooManyRoutes,
    /** All of it. */
    whole(run: JtlRun): Observation {
      const parts = metricsOf(run)
      return observation({
        metrics: parts.map(({ metric }) => metric),
        samples: parts.map(({ metric, of }) => ({ metric: metric.id, series: of.series() })),
        errors: errors.events(),
        markers: markersOf(run, originOf()),
      })
    },
    /**
     * What was not told yet, of the seconds before `before` (in seconds since 1970): those may
     * still grow, and would be told again.
     */
    news(run: JtlRun, before: number): Observation {
      const parts = metricsOf(run)
      const metrics = parts.map(({ metric }) => metric).filter(({ id }) => !toldMetrics.has(id))
      for (const { id } of metrics) toldMetrics.add(id)
      const markers = markersOf(run, originOf()).filter(({ id, at }) => toldMarkers.get(id) !== at)
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

const COMMON = {
  unit: 'count',
  scope: 'sampledClients',
  provenance: 'measured',
  intervalMs: null,
  thresholds: DEFAULT_THRESHOLDS,
} as const

const threadsMetric = ({ fileId }: JtlRun, origin: string): Metric => ({
  ...COMMON,
  origin,
  id: metricId(`jtl.threads:${fileId}`),
  title: 'Active threads',
  kind: 'gauge',
  group: 'connections',
  note: 'highest of each second',
})

const attemptsMetric = ({ fileId }: JtlRun, origin: string): Metric => ({
  ...COMMON,
  origin,
  id: metricId(`jtl.attempts:${fileId}`),
  title: 'Load test attempts',
  kind: 'count',
  group: 'other',
  note: 'samples begun per second',
})

function markersOf({ fileId, firstMs, endMs }: JtlRun, origin: string): Marker[] {
  const run = marker(fileId, 'run', firstMs, origin)
  return endMs === null ? [run] : [run, marker(fileId, 'end', endMs, `${origin} ends`)]
}

const marker = (fileId: string, kind: 'run' | 'end', atMs: number, label: string): Marker => ({
  id: `jtl:${fileId}:${kind}`,
  at: epochMs(atMs),
  kind,
  label,
  origin: 'jtl',
})
