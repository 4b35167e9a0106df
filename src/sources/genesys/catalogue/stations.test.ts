import { expect, test } from 'vitest'
import { json } from '#testing/answering.ts'
import { connectedNetwork } from '#testing/connectedNetwork.ts'
import { stationsSource } from './stations.ts'

/** An organisation with so many stations, every third of them in use, told in pages of at most `most`. */
function setup(total: number, most = 100) {
  const network = connectedNetwork(({ url: { searchParams } }) => {
    const size = Math.min(most, Number(searchParams.get('pageSize')))
    const from = (Number(searchParams.get('pageNumber')) - 1) * size
    const entities = Array.from({ length: Math.max(0, Math.min(size, total - from)) }, (_, i) => ({
      status: (from + i) % 3 === 0 ? 'ASSOCIATED' : 'AVAILABLE',
    }))
    return json({ entities, total })
  })
  return { ...network, ask: () => stationsSource(network.connection).ask(network.context) }
}

test.each([
  [0, 0, 1],
  [100, 34, 1],
  [101, 34, 2],
  [760, 254, 8],
  [1000, 334, 10],
])('of %i stations %i are in use, read in %i pages', async (total, inUse, pages) => {
  const { ask, asked } = setup(total)
  const { samples, limits, metrics } = await ask()
  expect(samples[0]?.series.value[0]).toBe(inUse)
  expect(limits[0]?.step.source).toBe('no limit published for stations in use')
  expect(metrics).toMatchObject([{ id: 'webrtc.stationsAssociated', provenance: 'proxy' }])
  expect(asked.map(({ url }) => url.searchParams.get('pageNumber'))).toEqual(
    Array.from({ length: pages }, (_, index) => String(index + 1)),
  )
})

test('a count that was cut short says so', async () => {
  const { ask, asked } = setup(4210)
  const { samples, limits, metrics } = await ask()
  const part = 'the first 1\u202f000 of 4\u202f210 stations'
  expect(samples[0]?.series.value[0]).toBe(334)
  expect(limits[0]?.step).toMatchObject({ value: null, source: `counted in ${part}` })
  expect(metrics[0]?.note).toBe(`in ${part}`)
  expect(asked).toHaveLength(10)
})

test('a server with smaller pages is read to the same end', async () => {
  const { ask } = setup(120, 25)
  expect((await ask()).samples[0]?.series.value[0]).toBe(40)
})

test('a total that the pages never reach ends, and says so', async () => {
  const { connection, context, asked } = connectedNetwork(() => json({ entities: [], total: 5 }))
  const { limits } = await stationsSource(connection).ask(context)
  expect(limits[0]?.step.source).toBe('counted in the first 0 of 5 stations')
  expect(asked).toHaveLength(1)
})

test('a page that fails leaves no count of the pages before it', async () => {
  const { connection, context } = connectedNetwork((_request, index) =>
    index === 0
      ? json({ entities: [{ status: 'ASSOCIATED' }], total: 2 })
      : json({}, { status: 503 }),
  )
  await expect(stationsSource(connection).ask(context)).rejects.toMatchObject({
    kind: 'unavailable',
  })
})

test.each([
  [{ entities: [{ id: 's1' }], total: 1 }, 'entities[0].status is missing'],
  [{ entities: [], total: null }, 'total is null'],
  [{ total: 3 }, 'entities is missing'],
])('stations %j are an unexpected shape', async (body, problem) => {
  const { connection, context } = connectedNetwork(() => json(body))
  await expect(stationsSource(connection).ask(context)).rejects.toThrow(problem)
})
