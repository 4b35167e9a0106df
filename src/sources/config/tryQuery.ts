import type { AskContext } from '../polledSource.ts'
import { createPromqlSource } from '../history/prometheus/promqlSource.ts'
import { SourceError } from '../sourceError.ts'
import { type PromqlQuery, queryMetric } from './promqlQuery.ts'

/** What a query gives at the moment, or why it gives no number, in one sentence. */
export type QueryTrial = { kind: 'gives'; value: number } | { kind: 'fails'; problem: string }

/** Asks a query once, as it would be asked again and again. */
export async function tryQuery(
  context: AskContext,
  baseUrl: string,
  query: PromqlQuery,
): Promise<QueryTrial> {
  const { query: promql, everyMs } = query
  const metric = queryMetric(query, 'Prometheus')
  try {
    const { samples } = await createPromqlSource({
      baseUrl,
      query: promql,
      metric,
      everyMs,
    }).ask(context)
    return { kind: 'gives', value: samples[0]!.series.value[0]! }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return { kind: 'fails', problem: error.message }
  }
}
