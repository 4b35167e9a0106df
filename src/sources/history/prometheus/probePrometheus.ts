import { type EpochMs, epochMs } from '#domain/units.ts'
import type { AskContext } from '../../polledSource.ts'
import { SourceError } from '../../sourceError.ts'
import { parseShape } from '../../shape.ts'
import { askPrometheus } from './askPrometheus.ts'
import { ORGANISATION_INFO } from './promql.ts'
import { pointShape } from './prometheusShape.ts'
import { sampleOf } from './samplesOf.ts'
import { unreachableWords } from './unreachable.ts'

/** An organisation of which a recorder had something kept, and when last; null: not in the last minutes. */
export type RecordedOrganisation = { name: string; newestAt: EpochMs | null }

/** Whether a Prometheus answers, and what is wrong where it does not, in one sentence. */
export type PrometheusProbe =
  | { kind: 'works'; organisations: readonly RecordedOrganisation[] }
  | { kind: 'fails'; problem: string }

const NEWEST = `max by (organisation) (timestamp(${ORGANISATION_INFO}))`
/** For one that stopped, or a Prometheus that keeps no more than that anyway. */
const LATELY = `group by (organisation) (last_over_time(${ORGANISATION_INFO}[30d]))`

/** Tries a Prometheus once, for the settings. */
export async function probePrometheus(context: AskContext, url: string): Promise<PrometheusProbe> {
  try {
    const newest = await organisationsIn(context, url, NEWEST)
    const lately = await organisationsIn(context, url, LATELY)
    const names = [...new Set([...newest.keys(), ...lately.keys()])].toSorted()
    return {
      kind: 'works',
      organisations: names.map((name) => {
        const seconds = newest.get(name)
        return { name, newestAt: seconds === undefined ? null : epochMs(seconds * 1000) }
      }),
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return {
      kind: 'fails',
      problem: error.kind === 'network' ? unreachableWords(url) : error.message,
    }
  }
}

/** The values of a query, by organisation; entries without one are left out. */
async function organisationsIn(context: AskContext, url: string, query: string) {
  const { result } = await askPrometheus(context, url, '/api/v1/query', { query })
  return new Map(
    result.flatMap((entry): [string, number][] => {
      const parsed = parseShape(pointShape, entry)
      const name = parsed.ok ? parsed.value.metric['organisation'] : undefined
      const sample = parsed.ok ? sampleOf(parsed.value.value) : null
      return name && sample ? [[name, sample.value]] : []
    }),
  )
}
