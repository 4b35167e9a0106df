import { expect, test } from 'vitest'
import { MINUTE_MS } from '#domain/units.ts'
import { json } from '#testing/answering.ts'
import { connectedNetwork } from '#testing/connectedNetwork.ts'
import { operationalEventsSource } from './operationalEvents.ts'
import { rateLimitsSource } from './rateLimits.ts'

const START = Date.UTC(2026, 2, 2, 8, 50)
const bucket = (minute: number, max: number | null) => ({
  interval: [minute, minute + 1]
    .map((at) => new Date(START + at * MINUTE_MS).toISOString())
    .join('/'),
  metrics: [{ metric: 'oRateLimitRecorded', stats: { max, count: 1 } }],
})
const group = { namespace: 'platform.api', limitName: 'token.rate.per.minute', max: '300' }

test('recorded limits are series of their own, judged by the maximum recorded with them', async () => {
  const { connection, context } = connectedNetwork(() =>
    json({ results: [{ group, data: [bucket(3, 280), bucket(1, 271), bucket(5, null)] }] }),
  )
  const observed = await rateLimitsSource(connection).ask(context)
  expect(observed.metrics).toMatchObject([
    {
      id: 'limits.pressure:platform.api/token.rate.per.minute',
      unit: 'perMinute',
      intervalMs: null,
    },
  ])
  const [{ series }] = observed.samples as [(typeof observed.samples)[number]]
  expect([...series.timeMs]).toEqual([START + MINUTE_MS, START + 3 * MINUTE_MS])
  expect([...series.value]).toEqual([271, 280])
  expect(observed.limits[0]?.step.value).toBe(300)
})

test.each([{}, { results: [] }])('a reply %j means nothing is known, not zero', async (body) => {
  const { connection, context } = connectedNetwork(() => json(body))
  expect((await rateLimitsSource(connection).ask(context)).samples).toEqual([])
})

test('a limit that moved is one series with two steps', async () => {
  const { connection, context } = connectedNetwork(() =>
    json({
      results: [
        { group, data: [bucket(1, 290)] },
        { group: { ...group, max: '600' }, data: [bucket(4, 560)] },
      ],
    }),
  )
  const { samples, limits } = await rateLimitsSource(connection).ask(context)
  expect(samples).toHaveLength(1)
  expect(limits.map(({ step }) => [step.from, step.value])).toEqual([
    [START + MINUTE_MS, 300],
    [START + 4 * MINUTE_MS, 600],
  ])
})

test('a granularity that is too fine is made coarser once and for all', async () => {
  const { connection, context, asked } = connectedNetwork((_request, index) =>
    index < 2 ? json({ code: 'bad.request' }, { status: 400 }) : json({ results: [] }),
  )
  const source = rateLimitsSource(connection)
  await source.ask(context)
  await source.ask(context)
  const granularities = asked.map(
    ({ body }) => (JSON.parse(body) as { granularity: string }).granularity,
  )
  expect(granularities).toEqual(['PT1M', 'PT5M', 'PT15M', 'PT15M'])
})

test('a request that is refused at every granularity fails', async () => {
  const { connection, context, asked } = connectedNetwork(() =>
    json({ code: 'bad.request' }, { status: 400 }),
  )
  await expect(rateLimitsSource(connection).ask(context)).rejects.toMatchObject({
    kind: 'badRequest',
  })
  expect(asked).toHaveLength(4)
})

const definitions = {
  entities: [
    { id: 'd1', name: 'Rate Limit Exceeded', description: 'A limit was reached' },
    { id: 'd2', name: 'Queue created', description: null },
  ],
}
const event = (at: number, entityName: string) => ({
  eventDefinition: { id: 'd1' },
  entityId: `id of ${entityName}`,
  entityName,
  dateCreated: new Date(at).toISOString(),
})

test('an event that says a limit was changed is a note, not a limit that was reached', async () => {
  const named = [
    ['d1', 'Connection limit reached'],
    ['d2', 'Limit Increased'],
    ['d3', 'Flow operated beyond its means'],
  ] as const
  const now = Date.UTC(2026, 2, 2, 9)
  const events = named.map(([id], i) => ({
    ...event(now - (i + 1) * MINUTE_MS, 'A'),
    eventDefinition: { id },
  }))
  const { connection, context } = connectedNetwork(({ url }) =>
    json(
      url.pathname.endsWith('/definitions')
        ? { entities: named.map(([id, name]) => ({ id, name, description: 'about a limit' })) }
        : { entities: events },
    ),
  )
  const { markers } = await operationalEventsSource(connection).ask(context)
  expect(markers.map(({ kind }) => kind)).toEqual(['limitReached', 'note', 'note'])
})

test('events about limits are marked once each, and counted from the second turn on', async () => {
  const now = Date.UTC(2026, 2, 2, 9)
  const events = [event(now - 30 * MINUTE_MS, 'Flow A')]
  const { connection, context, asked, pass } = connectedNetwork(({ url }) =>
    json(url.pathname.endsWith('/definitions') ? definitions : { entities: events }),
  )
  const source = operationalEventsSource(connection)
  const first = await source.ask(context)
  expect(first.markers).toMatchObject([
    { at: now - 30 * MINUTE_MS, kind: 'limitReached', label: 'Rate Limit Exceeded: Flow A' },
  ])
  expect(first.samples).toEqual([])
  pass(MINUTE_MS)
  events.unshift(event(now + 1000, 'Flow B'))
  const second = await source.ask(context)
  expect(second.markers.map(({ label }) => label)).toEqual(['Rate Limit Exceeded: Flow B'])
  expect(second.samples[0]?.series.value[0]).toBe(1)
  pass(MINUTE_MS)
  const third = await source.ask(context)
  expect(third.markers).toEqual([])
  expect(third.samples[0]?.series.value[0]).toBe(0)
  expect(asked.filter(({ url }) => url.pathname.endsWith('/definitions'))).toHaveLength(1)
  expect(JSON.parse(asked[1]!.body)).toMatchObject({ eventDefinitionIds: ['d1'] })
})

test('an organisation without such events is asked for its definitions alone', async () => {
  const { connection, context, asked } = connectedNetwork(() =>
    json({ entities: [definitions.entities[1]] }),
  )
  const source = operationalEventsSource(connection)
  expect((await source.ask(context)).samples).toEqual([])
  expect(asked).toHaveLength(1)
})

test('an event without a time is an unexpected shape, and nothing is counted', async () => {
  const { connection, context } = connectedNetwork(({ url }) =>
    json(
      url.pathname.endsWith('/definitions')
        ? definitions
        : { entities: [{ ...event(0, 'x'), dateCreated: null }] },
    ),
  )
  await expect(operationalEventsSource(connection).ask(context)).rejects.toThrow(
    'entities[0].dateCreated is null',
  )
})
