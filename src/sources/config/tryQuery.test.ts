import { expect, test } from 'vitest'
import { durationMs } from '#domain/units.ts'
import { answering, json } from '#testing/answering.ts'
import type { PromqlQuery } from './promqlQuery.ts'
import { tryQuery } from './tryQuery.ts'

const QUERY: PromqlQuery = {
  id: 'edge',
  title: 'Sockets at the edge',
  query: 'sum(sockets)',
  unit: 'count',
  group: 'connections',
  provenance: 'measured',
  scope: 'organisation',
  everyMs: durationMs(15_000),
}
const answered = (result: unknown[]) =>
  json({ status: 'success', data: { resultType: 'vector', result } })

test('a query gives its number once', async () => {
  const { context, asked } = answering(() => answered([{ metric: {}, value: [1, '940'] }]))
  expect(await tryQuery(context, 'http://prometheus.test', QUERY)).toEqual({
    kind: 'gives',
    value: 940,
  })
  expect(asked.map(({ url }) => url.searchParams.get('query'))).toEqual(['sum(sockets)'])
})

test('one that gives none says why', async () => {
  const { context } = answering(() => answered([]))
  const trial = await tryQuery(context, 'http://prometheus.test', QUERY)
  expect(trial.kind === 'fails' && trial.problem).toContain('gives nothing at the moment')
})
