import { DEFAULT_THRESHOLDS, type Metric } from '#domain/metrics/metric.ts'
import { observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import { durationMs, metricId, sourceId } from '#domain/units.ts'
import { retryAfterOf } from '#sources/exchange.ts'
import type { PolledSource } from '#sources/polledSource.ts'
import { kindOfStatus, SourceError } from '#sources/sourceError.ts'

/** A gauge that is asked for at an interval. */
export const gauge = (id: string, everyMs: number): Metric => ({
  id: metricId(id),
  title: id,
  unit: 'count',
  kind: 'gauge',
  group: 'sessions',
  provenance: 'measured',
  scope: 'organisation',
  origin: 'test',
  intervalMs: durationMs(everyMs),
  thresholds: DEFAULT_THRESHOLDS,
})

/** A source with one gauge of its own name: GETs `https://api.test/{id}` and takes the number in the reply. */
export function countingSource(id: string, everyMs: number): PolledSource {
  const metric = gauge(id, everyMs)
  const route = `GET /${id}`
  return {
    id: sourceId(id),
    title: id,
    everyMs: durationMs(everyMs),
    metrics: [metric],
    async ask({ fetch, signal, now }) {
      const response = await fetch(`https://api.test/${id}`, { signal }).catch((cause: unknown) => {
        if (!(cause instanceof TypeError)) throw cause
        throw new SourceError('network', 'No reply.', { route }, { cause })
      })
      const { status, headers } = response
      const text = await response.text()
      if (status !== 200)
        throw new SourceError(kindOfStatus(status), `${route} answered ${status}.`, {
          status,
          route,
          correlationId: headers.get('ININ-Correlation-Id'),
          retryAfterMs: retryAfterOf(headers, text, now()),
        })
      const value = Number(text)
      if (!text || !Number.isFinite(value))
        throw new SourceError('unexpectedShape', `${route} answered no number.`, { route, status })
      return observation({ samples: [{ metric: metric.id, series: oneSample(now(), value) }] })
    },
  }
}
