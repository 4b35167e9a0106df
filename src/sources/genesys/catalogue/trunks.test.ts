import { expect, test } from 'vitest'
import { MINUTE_MS } from '#domain/units.ts'
import { json } from '#testing/answering.ts'
import { connectedNetwork } from '#testing/connectedNetwork.ts'
import { trunksSource } from './trunks.ts'

const trunk = (id: string, inboundCallCount: number, outboundCallCount: number) => ({
  trunk: { id },
  calls: { inboundCallCount, outboundCallCount },
})

/** An organisation with these trunks, of whose metrics the given ones are told. */
function setup(ids: readonly string[], told: readonly ReturnType<typeof trunk>[]) {
  const network = connectedNetwork(({ url }) => {
    const { searchParams: asked } = url
    if (url.pathname.endsWith('/metrics')) {
      const wanted = asked.get('trunkIds')!.split(',')
      return json(told.filter((each) => wanted.includes(each.trunk.id) || each.trunk.id === '?'))
    }
    const from = (Number(asked.get('pageNumber')) - 1) * Number(asked.get('pageSize'))
    const page = ids.slice(from, from + Number(asked.get('pageSize')))
    return json({ entities: page.map((id) => ({ id, name: id })), total: ids.length })
  })
  const source = trunksSource(network.connection)
  return { ...network, source, ask: () => source.ask(network.context) }
}

test('calls of all external trunks are one sum, in and out', async () => {
  const { ask, asked } = setup(
    ['t1', 't2'],
    [trunk('t1', 7, 2), trunk('t2', 1, 0), trunk('?', 9, 9)],
  )
  const { samples, metrics, limits } = await ask()
  expect(samples.map(({ metric, series }) => [metric, series.value[0]])).toEqual([
    ['trunk.calls', 10],
  ])
  expect(metrics).toMatchObject([{ provenance: 'measured', scope: 'trunk', note: '2 trunks' }])
  expect(limits[0]?.step).toMatchObject({
    value: null,
    source: expect.stringContaining('per trunk'),
  })
  expect(asked[0]?.url.searchParams.get('trunkType')).toBe('EXTERNAL')
  expect(asked[1]?.url.searchParams.get('trunkIds')).toBe('t1,t2')
})

test('a trunk that a reply leaves out is said to be missing', async () => {
  const { ask } = setup(['t1', 't2'], [trunk('t1', 7, 2)])
  expect((await ask()).metrics[0]?.note).toBe('1 of 2 trunks')
})

test('where no trunk answers, nothing is claimed', async () => {
  const { ask } = setup(['t1', 't2'], [])
  await expect(ask()).rejects.toMatchObject({
    kind: 'unexpectedShape',
    message: expect.stringContaining('answered for none of 2 trunks'),
  })
})

test('the list is read again after a quarter of an hour', async () => {
  const { ask, asked, pass } = setup(['t1'], [trunk('t1', 1, 1)])
  await ask()
  pass(30_000)
  await ask()
  expect(asked).toHaveLength(3)
  pass(15 * MINUTE_MS)
  await ask()
  expect(asked).toHaveLength(5)
})

test('more trunks than fit into one request are asked in several', async () => {
  const ids = Array.from({ length: 230 }, (_, index) => `t${index}`)
  const { ask, asked } = setup(
    ids,
    ids.map((id) => trunk(id, 1, 1)),
  )
  expect((await ask()).samples[0]?.series.value[0]).toBe(460)
  const metrics = asked.filter(({ url }) => url.pathname.endsWith('/metrics'))
  expect(asked.length - metrics.length).toBe(3)
  expect(metrics.map(({ url }) => url.searchParams.get('trunkIds')!.split(',').length)).toEqual([
    100, 100, 30,
  ])
})

test('an organisation without external trunks has none, which is no failure of a request', async () => {
  const { ask, asked, pass } = setup([], [])
  const absent = { kind: 'absent', message: 'This organisation has no external trunk.' }
  await expect(ask()).rejects.toMatchObject(absent)
  pass(30_000)
  await expect(ask()).rejects.toMatchObject(absent)
  expect(asked).toHaveLength(1)
})

test.each([
  [[trunk('t1', -1, 2)], '[0].calls.inboundCallCount is -1'],
  [[{ trunk: { id: 't1' } }], '[0].calls is missing'],
  [{ entities: [] }, 'a list was expected'],
])('metrics %j are an unexpected shape', async (body, problem) => {
  const { connection, context } = connectedNetwork(({ url }) =>
    json(url.pathname.endsWith('/metrics') ? body : { entities: [{ id: 't1' }], total: 1 }),
  )
  await expect(trunksSource(connection).ask(context)).rejects.toThrow(problem)
})
