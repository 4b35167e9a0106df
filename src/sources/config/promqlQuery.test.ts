import { expect, test } from 'vitest'
import { parseShape } from '../shape.ts'
import { promqlQueryShape, queryMetric } from './promqlQuery.ts'

const proxy = {
  id: 'proxy',
  title: 'WebSocket connections at the proxy',
  query: 'sum(haproxy_sessions)',
  unit: 'count',
  group: 'connections',
  provenance: 'measured',
  scope: 'organisation',
  everyMs: 10_000,
}

test('only what was measured may be called WebSocket connections', () => {
  expect(parseShape(promqlQueryShape, proxy).ok).toBe(true)
  expect(parseShape(promqlQueryShape, { ...proxy, provenance: 'proxy' })).toMatchObject({
    problem: expect.stringMatching(/only what was measured may be/),
  })
  const named = { ...proxy, provenance: 'proxy', title: 'Sessions at the proxy' }
  expect(parseShape(promqlQueryShape, named).ok).toBe(true)
})

test.each([{ id: 'Proxy' }, { query: '' }, { everyMs: 1_000 }, { scope: 'world' }])(
  'a query with %o is refused',
  (wrong) => {
    expect(parseShape(promqlQueryShape, { ...proxy, ...wrong }).ok).toBe(false)
  },
)

test('a query gives a metric of its own, with whoever answers it as its origin', () => {
  const parsed = parseShape(promqlQueryShape, proxy)
  if (!parsed.ok) throw new Error(parsed.problem)
  expect(queryMetric(parsed.value, 'Prometheus metrics.example')).toMatchObject({
    id: 'promql.proxy',
    kind: 'gauge',
    provenance: 'measured',
    origin: 'Prometheus metrics.example',
    intervalMs: 10_000,
  })
})
