import type { Metric } from '#domain/metrics/metric.ts'
import { observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import { type DurationMs, epochMs, sourceId } from '#domain/units.ts'
import type { AskContext, PolledSource } from '../../polledSource.ts'
import { parseShape } from '../../shape.ts'
import { askPrometheus } from './askPrometheus.ts'
import { failPrometheus } from './prometheusError.ts'
import { pointShape } from './prometheusShape.ts'
import { sampleOf } from './samplesOf.ts'

export type PromqlSourceOptions = {
  /** Without a slash at its end. */
  baseUrl: string
  /** Must give one number: `sum(haproxy_frontend_current_sessions{proxy="wss"})`. */
  query: string
  /** What the number is: its unit, how it came to be, whose use it covers. */
  metric: Metric
  everyMs: DurationMs
}

const ROUTE = 'GET /api/v1/query'

/**
 * A PromQL query as a metric: the newest value of whatever Prometheus already counts, e.g. the
 * sockets at a proxy. A query that gives several series is refused and not added up: which of them
 * count is for its author to say. Throws PrometheusError.
 */
export function createPromqlSource(options: PromqlSourceOptions): PolledSource {
  const { baseUrl, query, metric, everyMs } = options

  async function ask(context: AskContext) {
    const answer = await askPrometheus(context, baseUrl, '/api/v1/query', { query })
    const entry = onlyEntry(answer.resultType, answer.result)
    const sample = sampleOf(entry)
    if (!sample)
      throw failPrometheus(
        'unexpectedShape',
        `${ROUTE} answered with a sample that is none: [seconds, "value"] was expected.`,
        { route: ROUTE },
      )
    if (!(sample.value >= 0))
      throw failPrometheus(
        'unavailable',
        `The query of “${metric.title}” gives no level at the moment: it is not a number, infinite or below zero.`,
        { route: ROUTE },
      )
    if (answer.isPartial)
      throw failPrometheus(
        'unavailable',
        `A part of its storage did not answer Prometheus: “${metric.title}” would be too low.`,
        { route: ROUTE },
      )
    const at = epochMs(sample.atMs)
    return observation({
      metrics: [metric],
      samples: [{ metric: metric.id, series: oneSample(at, sample.value) }],
    })
  }

  function onlyEntry(kind: string, result: readonly unknown[]): unknown {
    if (kind === 'scalar') return result
    if (kind !== 'vector')
      throw failPrometheus(
        'badRequest',
        `The query of “${metric.title}” gives a ${kind} and not one number: leave the range in brackets out, or put it in a function such as max_over_time.`,
        { route: ROUTE },
      )
    if (result.length === 0)
      throw failPrometheus(
        'unavailable',
        `The query of “${metric.title}” gives nothing at the moment: no series it asks about has a sample of the last minutes.`,
        { route: ROUTE },
      )
    if (result.length > 1)
      throw failPrometheus(
        'badRequest',
        `The query of “${metric.title}” gives ${result.length} series and not one number: put it in sum(…) or max(…).`,
        { route: ROUTE },
      )
    const parsed = parseShape(pointShape, result[0])
    if (parsed.ok) return parsed.value.value
    throw failPrometheus(
      'unexpectedShape',
      `${ROUTE} answered something that is not Prometheus's: ${parsed.problem}.`,
      { route: ROUTE },
    )
  }

  return {
    id: sourceId(metric.id),
    title: metric.title,
    everyMs,
    metrics: [metric],
    ask,
  }
}
