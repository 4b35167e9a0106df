import { expect, test } from 'vitest'
import { json } from '#testing/answering.ts'
import { connectedNetwork } from '#testing/connectedNetwork.ts'
import { ownTopicsSource } from './ownTopics.ts'

/** Topics by channel; a channel with null is gone when it is asked. */
function setup(channels: Record<string, number | null>) {
  const network = connectedNetwork(({ url }) => {
    const [, id] = /channels\/([^/]+)\/subscriptions$/.exec(url.pathname) ?? []
    if (id === undefined)
      return json({ entities: [...Object.keys(channels).map((each) => ({ id: each })), {}] })
    const topics = channels[decodeURIComponent(id)] ?? null
    if (topics === null) return json({ code: 'not.found' }, { status: 404 })
    return json({ entities: Array.from({ length: topics }, () => ({ state: 'Permitted' })) })
  })
  const source = ownTopicsSource(network.connection)
  return { ...network, source, ask: () => source.ask(network.context) }
}

test('without a channel of its own there is no such series', async () => {
  const { ask, asked, source } = setup({})
  const { metrics, samples } = await ask()
  expect([source.metrics, metrics, samples]).toEqual([[], [], []])
  expect(asked).toHaveLength(1)
})

test('the fullest channel counts, against the documented 1 000 topics of each', async () => {
  const { ask } = setup({ 'streaming-0-abc': 12, 'streaming-1/b': 340 })
  const { metrics, samples, limits } = await ask()
  expect(metrics).toMatchObject([{ id: 'ws.ownTopics', scope: 'token', provenance: 'measured' }])
  expect(samples[0]?.series.value[0]).toBe(340)
  expect(limits[0]?.step.value).toBe(1000)
})

test('a channel that is gone by then holds none, and the series goes on at nought', async () => {
  const channels: Record<string, number | null> = { a: 5 }
  const { ask } = setup(channels)
  expect((await ask()).samples[0]?.series.value[0]).toBe(5)
  channels['a'] = null
  expect((await ask()).samples[0]?.series.value[0]).toBe(0)
  delete channels['a']
  expect((await ask()).samples[0]?.series.value[0]).toBe(0)
})

test('no failure shows the identifier of a channel', async () => {
  const { connection, context } = connectedNetwork((_request, index) =>
    index === 0 ? json({ entities: [{ id: 'streaming-0-abc' }] }) : json({}, { status: 503 }),
  )
  const failure: unknown = await ownTopicsSource(connection)
    .ask(context)
    .catch((thrown: unknown) => thrown)
  expect(failure).toMatchObject({
    kind: 'unavailable',
    details: { route: 'GET /api/v2/notifications/channels/{id}/subscriptions' },
  })
  expect(String(failure)).not.toContain('streaming-0')
})

test.each([[{}], [{ entities: null }], [{ entities: [7] }]])(
  'channels %j are an unexpected shape',
  async (body) => {
    const { connection, context } = connectedNetwork(() => json(body))
    await expect(ownTopicsSource(connection).ask(context)).rejects.toMatchObject({
      kind: 'unexpectedShape',
    })
  },
)
