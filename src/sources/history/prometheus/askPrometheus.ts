import type { AskContext } from '../../polledSource.ts'
import { exchange, jsonOf } from '../../exchange.ts'
import { parseShape } from '../../shape.ts'
import { failPrometheus, prometheusErrorOf } from './prometheusError.ts'
import { answerShape } from './prometheusShape.ts'

/** The two questions that Tidemark asks of a Prometheus-compatible server. */
export type PrometheusPath = '/api/v1/query' | '/api/v1/query_range'

export type Answer = {
  resultType: 'matrix' | 'vector' | 'scalar' | 'string'
  result: readonly unknown[]
  /** What the server says is lacking or doubtful, in its words. */
  warnings: readonly string[]
  isPartial: boolean
}

/**
 * GETs one answer. A simple request in the sense of CORS, without any header of its own: browsers
 * then ask no leave first, which VictoriaMetrics would refuse (facts/stack.md §7). `baseUrl` has no slash at
 * its end. Throws PrometheusError, or the signal's reason when it was told to stop.
 */
export async function askPrometheus(
  context: AskContext,
  baseUrl: string,
  path: PrometheusPath,
  query: Readonly<Record<string, string>>,
): Promise<Answer> {
  const route = `GET ${path}`
  const url = `${baseUrl}${path}?${new URLSearchParams(query).toString()}`
  const reply = await exchange(context, url, {}, route, failPrometheus)
  if (reply.status >= 400) throw prometheusErrorOf(reply, route, context.now())
  const parsed = parseShape(answerShape, jsonOf(reply, route, failPrometheus))
  if (!parsed.ok)
    throw failPrometheus(
      'unexpectedShape',
      `${route} answered something that is not Prometheus's: ${parsed.problem}.`,
      { route, status: reply.status },
    )
  const { data, warnings = [], isPartial = false } = parsed.value
  return { ...data, warnings, isPartial }
}
