import type * as z from 'zod/mini'
import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import type { Incident } from '#domain/incident/incident.ts'
import {
  clientsShape,
  errorsShape,
  headShape,
  limitsShape,
  markersShape,
  notesShape,
  seriesShape,
  sourcesShape,
} from './bundleShape.ts'
import { countIn, entryIn, RowError, rowsOf, valueIn } from './rowsOf.ts'

/** Gives what is in one part, vouched for by its shape. */
export type ReadPart = <T>(part: string, shape: z.ZodMiniType<T>) => T

/** The incident that the parts of a bundle hold. Throws what `read` throws, and RowError. */
export function incidentOf(read: ReadPart, series: readonly string[]): Incident {
  const samples = series.map((part) => within(part, () => seriesIn(read(part, seriesShape))))
  const limits = read('limits', limitsShape)
  const head = read('head', headShape)
  within('head', () =>
    onceEach(
      head.metrics.map(({ id }) => id),
      'it describes a metric twice',
    ),
  )
  within(series.at(-1) ?? 'head', () =>
    onceEach(samples.map(metricOf), 'two series are of one metric'),
  )
  within('limits', () => onceEach(limits.map(metricOf), 'a metric has two lists of limits'))
  return {
    ...head,
    samples,
    limits,
    errors: within('errors', () => errorsIn(read('errors', errorsShape))),
    markers: read('markers', markersShape),
    clients: within('clients', () => clientsIn(read('clients', clientsShape))),
    sources: read('sources', sourcesShape),
    notes: read('notes', notesShape),
  }
}

const metricOf = ({ metric }: { metric: string }) => metric

/** Throws where a metric comes twice: what is drawn could be the one, and what is judged the other. */
function onceEach(metrics: readonly string[], problem: string) {
  if (new Set(metrics).size < metrics.length) throw new RowError(problem)
}

/** What is said of a row also names its part. */
function within<T>(part: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RowError)
      throw new RowError(`its part "${part}", ${error.message}`, { cause: error })
    throw error
  }
}

function seriesIn(part: z.infer<typeof seriesShape>): Incident['samples'][number] {
  const timeMs = new Float64Array(part.rows.length)
  const value = new Float64Array(part.rows.length)
  rowsOf(part, ([, cell], at, i) => {
    if (i > 0 && at < timeMs[i - 1]!) throw new RowError('it is older than the one before it')
    timeMs[i] = at
    value[i] = valueIn(cell)
  })
  return { metric: part.metric, series: { timeMs, value } }
}

const errorsIn = (part: z.infer<typeof errorsShape>): ErrorEvent[] =>
  rowsOf(part, ([, kind, count, id = null], at): ErrorEvent => {
    if (id !== null && typeof id !== 'string') throw new RowError('its correlation id is no text')
    return {
      at,
      ...entryIn(part.kinds, kind, 'kind'),
      count: countIn(count, 'its count'),
      correlationId: id,
    }
  })

const clientsIn = (part: z.infer<typeof clientsShape>): ClientEvent[] =>
  rowsOf(
    part,
    ([, kind, client, tookMs], at): ClientEvent => ({
      at,
      kind: entryIn(part.kinds, kind, 'kind'),
      client: entryIn(part.names, client, 'client'),
      tookMs: countIn(tookMs, 'how long its answer took'),
    }),
  )
