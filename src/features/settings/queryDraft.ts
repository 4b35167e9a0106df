import type { MetricGroup, MetricUnit, Provenance } from '#domain/metrics/metric.ts'
import { durationMs, SECOND_MS } from '#domain/units.ts'
import { parseShape } from '#sources/shape.ts'
import { type PromqlQuery, promqlQueryShape } from '#sources/config/promqlQuery.ts'

/** What a query is before anything of it was typed. */
export const NEW_QUERY: Omit<PromqlQuery, 'id'> = {
  title: '',
  query: '',
  unit: 'count',
  group: 'connections',
  provenance: 'measured',
  scope: 'organisation',
  everyMs: durationMs(15 * SECOND_MS),
}

export const UNITS: readonly { value: MetricUnit; label: string }[] = [
  { value: 'count', label: 'Count' },
  { value: 'percent', label: 'Percent' },
  { value: 'perMinute', label: 'Per minute' },
]

export const GROUPS: readonly { value: MetricGroup; label: string }[] = [
  { value: 'connections', label: 'Connections' },
  { value: 'sessions', label: 'Sessions' },
  { value: 'queue', label: 'Queues' },
  { value: 'api', label: 'API, a tile alone' },
  { value: 'other', label: 'Other, a tile alone' },
]

export const PROVENANCES: readonly { value: Provenance; label: string }[] = [
  { value: 'measured', label: 'Measured' },
  { value: 'proxy', label: 'Proxy: something that moves with it' },
  { value: 'estimated', label: 'Estimated' },
]

export type QueryReading = {
  query: PromqlQuery | null
  problems: { title?: string; query?: string }
}

/** What was typed as a query, or what is wrong with each field. */
export function readQuery(
  typed: Omit<PromqlQuery, 'id'>,
  id: string,
  others: readonly PromqlQuery[],
): QueryReading {
  const draft = { ...typed, id, title: typed.title.trim(), query: typed.query.trim() }
  const problems: QueryReading['problems'] = {}
  if (draft.title === '') problems.title = 'A name is needed to show it by.'
  else if (others.some(({ title }) => title === draft.title))
    problems.title = 'Another query has this name.'
  if (draft.query === '') problems.query = 'Type what Prometheus is to be asked.'
  if (problems.title || problems.query) return { query: null, problems }
  const parsed = parseShape(promqlQueryShape, draft)
  return parsed.ok
    ? { query: parsed.value, problems }
    : { query: null, problems: { title: sentenceOf(parsed.problem) } }
}

const sentenceOf = (problem: string) => `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`

/** An id made of a name; it stays when the name changes. */
export function queryIdFor(title: string, taken: readonly Pick<PromqlQuery, 'id'>[]): string {
  const plain = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '')
  const base = plain || 'query'
  const isTaken = (id: string) => taken.some((one) => one.id === id)
  let id = base
  for (let i = 2; isTaken(id); i += 1) id = `${base}-${i}`
  return id
}
