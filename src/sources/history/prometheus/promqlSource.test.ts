import { expect, test } from 'vitest'
import { durationMs } from '#domain/units.ts'
import { answering, json } from '#testing/answering.ts'
import { someMetric } from '#testing/someMetric.ts'
import { createPromqlSource } from './promqlSource.ts'

const SOCKETS = someMetric('proxy.sockets', { title: 'Sockets at the proxy' })
const QUERY = 'sum(haproxy_frontend_current_sessions{proxy="wss"})'
const AT = Date.UTC(2026, 2, 2, 9) / 1000

function setup(answer: () => Response | Error) {
  const network = answering(answer)
  const source = createPromqlSource({
    baseUrl: 'http://127.0.0.1:9090',
    query: QUERY,
    metric: SOCKETS,
    everyMs: durationMs(10_000),
  })
  return { source, ...network, ask: () => source.ask(network.context) }
}

const vector = (result: unknown[], more: Record<string, unknown> = {}) =>
  json({ status: 'success', data: { resultType: 'vector', result }, ...more })
const point = (value: string, metric: Record<string, string> = {}) => ({
  metric,
  value: [AT + 0.25, value],
})

test('a query gives its number as a sample of the metric', async () => {
  const { ask, asked } = setup(() => vector([point('412')]))
  const { samples, metrics } = await ask()
  expect(metrics).toEqual([SOCKETS])
  expect(samples[0]!.metric).toBe(SOCKETS.id)
  expect([...samples[0]!.series.timeMs]).toEqual([AT * 1000 + 250])
  expect([...samples[0]!.series.value]).toEqual([412])
  expect(asked[0]!.url.searchParams.get('query')).toBe(QUERY)
})

test('a scalar is a number, too', async () => {
  const scalar = { resultType: 'scalar', result: [AT, '7'] }
  const { samples } = await setup(() => json({ status: 'success', data: scalar })).ask()
  expect([...samples[0]!.series.value]).toEqual([7])
})

const failures: [string, () => Response | Error, string, string][] = [
  ['nothing', () => vector([]), 'unavailable', 'gives nothing at the moment'],
  [
    'several series',
    () => vector([point('1', { a: 'b' }), point('2')]),
    'badRequest',
    'gives 2 series and not one number: put it in sum(…)',
  ],
  [
    'a range',
    () => json({ status: 'success', data: { resultType: 'matrix', result: [] } }),
    'badRequest',
    'leave the range in brackets out',
  ],
  ['no number', () => vector([point('NaN')]), 'unavailable', 'not a number'],
  ['a negative number', () => vector([point('-3')]), 'unavailable', 'below zero'],
  [
    'a number of a part',
    () => vector([point('3')], { isPartial: true }),
    'unavailable',
    'would be too low',
  ],
  ['a garbled sample', () => vector([{ metric: {}, value: ['x'] }]), 'unexpectedShape', 'is none'],
  [
    'a mistake in it',
    () => json({ status: 'error', errorType: 'bad_data', error: 'parse error' }, { status: 400 }),
    'badRequest',
    'parse error',
  ],
  ['a server that is down', () => new TypeError('down'), 'network', 'no readable reply'],
]

test.each(failures)('%s is refused with a reason', async (_name, answer, kind, words) => {
  const error = await setup(answer)
    .ask()
    .then(
      () => null,
      (reason: unknown) => reason,
    )
  expect(error).toMatchObject({ name: 'PrometheusError', kind })
  expect((error as Error).message).toContain(words)
})
