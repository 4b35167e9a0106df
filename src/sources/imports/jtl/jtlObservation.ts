import { type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import { DEFAULT_THRESHOLDS, type Metric } from '#domain/metrics/metric.ts'
import { type Observation, observation } from '#domain/observation.ts'
import type { Series } from '#domain/series/series.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import { epochMs, metricId, SECOND_MS } from '#domain/units.ts'
import type { Redactor } from '../redaction.ts'
import { createAttemptCounts } from './attemptCounts.ts'
import type { JtlFailure } from './jtlFailure.ts'
import type { JtlRecord } from './jtlRecord.ts'
import { createThreadPeaks } from './threadPeaks.ts'

/** What a test plan calls its samplers is few; addresses with numbers in them may be millions. */
const MAX_ROUTES = 2_000
const MAX_MESSAGE_CHARS = 200

/**
 * Turns the records of a JTL into what the stores take: active threads (the highest of each second),
 * attempts per second, failures counted per second, class, code, label and thread group, and
 * where the run begins and ends. Memory grows with seconds and kinds of failure, not with records.
 */
export function createJtlObservation(name: string, redactor: Redactor) {
  const threads = createThreadPeaks()
  const attempts = createAttemptCounts()
  const events = new Map<string, ErrorEvent>()
  const routes = new Set<string>()
  let hasTooManyRoutes = false

  function routeOf(label: string | null): string | null {
    if (label === null || label === '') return null
    const route = redactor.clean(label)
    if (routes.has(route)) return route
    if (routes.size >= MAX_ROUTES) {
      hasTooManyRoutes = true
      return null
    }
    routes.add(route)
    return route
  }

  function addFailure(record: JtlRecord, failure: JtlFailure) {
    const second = Math.floor(record.endMs / SECOND_MS)
    const code = failure.code === null ? null : redactor.clean(failure.code)
    const route = routeOf(record.label)
    const app = record.thread === null ? null : redactor.clean(threadGroup(record.thread)) || null
    const key = JSON.stringify([second, failure.class, failure.status, code, route, app])
    const known = events.get(key)
    if (known) {
      known.count += 1
      if (record.endMs < known.at) known.at = epochMs(record.endMs)
      return
    }
    const message = record.failureMessage.trim() || record.message.trim()
    events.set(
      key,
      errorEvent({
        ...failure,
        at: epochMs(record.endMs),
        source: 'jtl',
        code,
        route,
        app,
        message: message === '' ? null : shortened(redactor.clean(message)),
      }),
    )
  }

  return {
    /** Takes in one record; one that repeats others (a sub-result) tells only its threads. */
    add(record: JtlRecord, failure: JtlFailure | null, isRepeat: boolean) {
      if (record.allThreads !== null) threads.add(record.endMs, record.allThreads)
      if (isRepeat) return
      attempts.add(record.startMs)
      if (failure) addFailure(record, failure)
    },
    hasTooManyRoutes: () => hasTooManyRoutes,
    /** All of it; `firstMs` and `endMs` bound the run. */
    result(fileId: string, firstMs: number, endMs: number): Observation {
      const origin = redactor.clean(name)
      return observation({
        ...samples(fileId, origin, threads.series(), attempts.series()),
        errors: [...events.values()].sort((a, b) => a.at - b.at),
        markers: [
          marker(fileId, 'run', firstMs, origin),
          marker(fileId, 'end', endMs, `${origin} ends`),
        ],
      })
    },
  }
}

/** The thread group of `Sessions 1-12`: the name without JMeter's two numbers. */
export const threadGroup = (thread: string) => thread.replace(/\s*\d+-\d+$/, '')

const shortened = (text: string) =>
  text.length > MAX_MESSAGE_CHARS ? `${text.slice(0, MAX_MESSAGE_CHARS - 1)}…` : text

function samples(fileId: string, origin: string, threads: Series, attempts: Series) {
  const common = {
    unit: 'count',
    scope: 'sampledClients',
    provenance: 'measured',
    origin,
    intervalMs: null,
    thresholds: DEFAULT_THRESHOLDS,
  } as const
  const columns: { metric: Metric; series: Series }[] = [
    {
      metric: {
        ...common,
        id: metricId(`jtl.threads:${fileId}`),
        title: 'Active threads',
        kind: 'gauge',
        group: 'connections',
        note: 'highest of each second',
      },
      series: threads,
    },
    {
      metric: {
        ...common,
        id: metricId(`jtl.attempts:${fileId}`),
        title: 'Load test attempts',
        kind: 'count',
        group: 'other',
        note: 'samples begun per second',
      },
      series: attempts,
    },
  ]
  const filled = columns.filter(({ series }) => series.timeMs.length > 0)
  return {
    metrics: filled.map(({ metric }) => metric),
    samples: filled.map(({ metric, series }) => ({ metric: metric.id, series })),
  }
}

const marker = (fileId: string, kind: 'run' | 'end', atMs: number, label: string): Marker => ({
  id: `jtl:${fileId}:${kind}`,
  at: epochMs(atMs),
  kind,
  label,
  origin: 'jtl',
})
