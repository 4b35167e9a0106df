import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Observation } from '#domain/observation.ts'
import { epochMs } from '#domain/units.ts'
import { json } from '#testing/answering.ts'
import { connectedNetwork } from '#testing/connectedNetwork.ts'
import { errorEventOf } from '../../errorEventOf.ts'
import { SourceError } from '../../sourceError.ts'
import { PERMISSIONS } from '../access.ts'
import { QUEUES_PERMISSION } from '../readQueues.ts'
import { createGenesysSources, type CatalogueConfig } from './catalogue.ts'

const ERROR_403 = { code: 'missing.permissions', message: 'No.', status: 403 }

function setup(
  sourceName: string,
  answer: Parameters<typeof connectedNetwork>[0],
  config: Partial<CatalogueConfig> = {},
) {
  const { connection, ...network } = connectedNetwork(answer)
  const sources = createGenesysSources({
    connection,
    config: { thresholds: {}, socketsPerUser: null, queues: [], ...config },
  })
  const source = sources.find(({ id }) => id === `genesys.${sourceName}`)!
  return { ...network, sources, source, ask: () => source.ask(network.context) }
}

/** Values by metric, and limits by metric, as far as they are known. */
const valuesOf = ({ samples }: Observation) =>
  Object.fromEntries(samples.map(({ metric, series }) => [metric, series.value.at(-1)]))
const limitsOf = ({ limits }: Observation) =>
  Object.fromEntries(limits.map(({ metric, step }) => [metric, step.value]))

const callMetrics = {
  usage: 62.5,
  autoScalingTriggerPercentage: 75,
  cpuIntensity: 'Low',
  memoryIntensity: 'Low',
  concurrentCallCount: 125,
  maxCallCapacity: 200,
  concurrentCallSessionCount: 300,
  maxCallSessionCapacity: 480,
  autoScaleInProgress: 'None',
}

test('calls and call sessions come with the capacity of the same reply, which may move', async () => {
  const { ask, pass, context } = setup('callMetrics', (_request, index) =>
    json({ ...callMetrics, maxCallCapacity: index === 0 ? 200 : 400 }),
  )
  const first = await ask()
  expect(valuesOf(first)).toEqual({
    'calls.concurrent': 125,
    'callSessions.concurrent': 300,
    'calls.usagePercent': 62.5,
  })
  expect(limitsOf(first)).toEqual({
    'calls.concurrent': 200,
    'callSessions.concurrent': 480,
    'calls.usagePercent': null,
  })
  pass(10_000)
  const second = await ask()
  expect(limitsOf(second)['calls.concurrent']).toBe(400)
  expect(second.limits[0]?.step.from).toBe(context.now())
})

test('a capacity of 0 is not known, which is neither full nor empty', async () => {
  const { ask } = setup('callMetrics', () => json({ ...callMetrics, maxCallCapacity: 0 }))
  const { limits } = await ask()
  expect(limits[0]?.step).toMatchObject({ value: null, source: 'the reply gives no capacity' })
})

test('premises have calls of their own, with a capacity of their own', async () => {
  const { ask, asked, source } = setup('premisesCalls', () => json(callMetrics))
  const observed = await ask()
  expect(valuesOf(observed)).toEqual({
    'calls.premises.concurrent': 125,
    'calls.premises.sessions': 300,
    'calls.premises.usagePercent': 62.5,
  })
  expect(limitsOf(observed)['calls.premises.concurrent']).toBe(200)
  expect(asked[0]?.url.search).toBe('?metricType=premises')
  expect(source.everyMs).toBe(30_000)
})

const nothing = {
  ...callMetrics,
  usage: 0,
  concurrentCallCount: 0,
  maxCallCapacity: 0,
  concurrentCallSessionCount: 0,
  maxCallSessionCapacity: 0,
}

test('0 of 0 premises calls is no premises: off with the reason, and no error of anybody', async () => {
  const { ask } = setup('premisesCalls', () => json(nothing))
  const failure = await ask().catch((thrown: unknown) => thrown as SourceError)
  expect(failure).toMatchObject({
    kind: 'absent',
    message: expect.stringContaining('has no premises telephony'),
    details: { route: 'GET /api/v2/telephony/calls/metrics' },
  })
  expect(errorEventOf(failure as SourceError, epochMs(0))).toBeNull()
})

test.each([
  { maxCallCapacity: 120 },
  { maxCallSessionCapacity: 240 },
  { concurrentCallCount: 1 },
  { concurrentCallSessionCount: 1 },
])('premises with %o are there', async (known) => {
  const { ask } = setup('premisesCalls', () => json({ ...nothing, ...known }))
  expect((await ask()).samples).toHaveLength(3)
})

test('the cloud at rest without a capacity is at rest, not absent', async () => {
  const { ask } = setup('callMetrics', () => json(nothing))
  expect(valuesOf(await ask())['calls.concurrent']).toBe(0)
})

test.each(['callMetrics', 'premisesCalls'])('%s of a broken reply are no numbers', async (name) => {
  const { ask } = setup(name, () => json({ ...callMetrics, maxCallCapacity: null }))
  await expect(ask()).rejects.toThrow('maxCallCapacity is null')
})

test('own channels count the channels of this user and app against the documented 20', async () => {
  const { ask, asked, source } = setup('ownChannels', () => json({ entities: [{ id: 'a' }, {}] }))
  const observed = await ask()
  expect(valuesOf(observed)).toEqual({ 'ws.ownChannels': 2 })
  expect(limitsOf(observed)).toEqual({ 'ws.ownChannels': 20 })
  expect(asked[0]?.url.search).toBe('?includechannels=oauthclient')
  expect(source.metrics[0]).toMatchObject({ provenance: 'measured', scope: 'userApp' })
})

const presences = { presenceCounts: [{ systemPresence: 'AVAILABLE', count: 40 }, { count: 2 }] }

test('users online are a proxy without a limit, and no estimate appears unasked', async () => {
  const { ask, asked, source } = setup('usersOnline', () => json(presences))
  const observed = await ask()
  expect(valuesOf(observed)).toEqual({ 'ws.usersOnline': 42 })
  expect(observed.limits[0]?.step).toMatchObject({
    value: null,
    source: 'no key published for this metric',
  })
  expect(source.metrics.map(({ provenance }) => provenance)).toEqual(['proxy'])
  expect(JSON.parse(asked[0]!.body)).toEqual({
    userFilter: { type: 'and', predicates: [{ dimension: 'online', value: 'true' }] },
  })
})

test('estimated sockets are users times the factor, and say so', async () => {
  const { ask, source } = setup('usersOnline', () => json(presences), { socketsPerUser: 1.8 })
  expect(valuesOf(await ask())).toEqual({ 'ws.usersOnline': 42, 'ws.estimated': 76 })
  expect(source.metrics[1]).toMatchObject({
    provenance: 'estimated',
    note: 'users × 1.8',
    title: 'Estimated sockets',
  })
})

/** 42 s before the clock of these tests. */
const SINCE = Date.UTC(2026, 2, 2, 9) - 42_000

const activity = (...groups: [string, Record<string, number>][]) =>
  json({
    results: groups.map(([mediaType, counts]) => ({
      group: { mediaType },
      data: Object.entries(counts).map(([metric, value]) =>
        metric === 'oLongestWaiting'
          ? { metric, calculatedMetricValue: value }
          : { metric, count: value },
      ),
    })),
  })

test('one request feeds the conversations of all media, and what a reply leaves out is zero', async () => {
  const { ask, asked, source } = setup('conversationActivity', () =>
    activity(
      ['voice', { oInteracting: 30, oWaiting: 4, oAlerting: 2, oLongestWaiting: SINCE }],
      ['message', { oInteracting: 10, oWaiting: 1, oAlerting: 3, oLongestWaiting: 2_500 }],
      ['cobrowse', { oInteracting: 5 }],
    ),
  )
  const values = valuesOf(await ask())
  expect(values).toMatchObject({
    'acd.interacting': 45,
    'acd.waiting': 5,
    'acd.interacting.voice': 30,
    'acd.waiting.message': 1,
    'acd.interacting.chat': 0,
    'acd.waiting.email': 0,
    'messaging.active': 14,
    'acd.longestWaiting': 42,
    'acd.longestWaiting.voice': 42,
    'acd.longestWaiting.message': 2.5,
    'acd.longestWaiting.email': 0,
  })
  expect(Object.keys(values).sort()).toEqual(source.metrics.map(({ id }) => String(id)).sort())
  expect(asked).toHaveLength(1)
})

test('a wait that the reply does not tell is not known, which is no wait of 0', async () => {
  const { ask } = setup('conversationActivity', () =>
    activity(['voice', { oInteracting: 30, oWaiting: 4 }], ['email', { oInteracting: 2 }]),
  )
  const values = valuesOf(await ask())
  expect(values).not.toHaveProperty(['acd.longestWaiting'])
  expect(values).not.toHaveProperty(['acd.longestWaiting.voice'])
  expect(values).toMatchObject({ 'acd.longestWaiting.email': 0, 'acd.waiting': 4 })
})

test('chosen queues share one request, and without any there is none', async () => {
  const queues = [
    { id: 'q-1', name: 'Service' },
    { id: 'q-2', name: 'Back office' },
  ]
  const reply = {
    results: [
      {
        group: { queueId: 'q-1' },
        data: [
          { metric: 'oInteracting', count: 12 },
          { metric: 'oWaiting', count: 3 },
        ],
      },
      { group: { queueId: 'of-somebody-else' }, data: [{ metric: 'oWaiting', count: 9 }] },
    ],
  }
  const { ask, asked, source } = setup('chosenQueues', () => json(reply), { queues })
  expect(valuesOf(await ask())).toEqual({
    'queue.interacting:q-1': 12,
    'queue.waiting:q-1': 3,
    'queue.interacting:q-2': 0,
    'queue.waiting:q-2': 0,
  })
  expect(asked).toHaveLength(1)
  const { filter, groupBy } = JSON.parse(asked[0]!.body) as Record<string, unknown>
  expect(groupBy).toEqual(['queueId'])
  expect(filter).toEqual({
    type: 'or',
    predicates: ['q-1', 'q-2'].map((value) => ({
      type: 'dimension',
      dimension: 'queueId',
      operator: 'matches',
      value,
    })),
  })
  expect(source.metrics.map(({ title }) => title)).toContain('Waiting, Back office')
  expect(setup('chosenQueues', () => json(reply)).source).toBeUndefined()
})

test('an organisation at rest is zero everywhere, which is not the same as unknown', async () => {
  const { ask } = setup('conversationActivity', () => json({ results: [] }))
  expect(new Set(Object.values(valuesOf(await ask())))).toEqual(new Set([0]))
})

test.each([
  [{}, 'results is missing'],
  [{ results: null }, 'results is null'],
  [{ results: [{ group: {}, data: [] }] }, 'results[0].group.mediaType is missing'],
  [{ results: [{ group: { mediaType: 'voice' } }] }, 'results[0].data is missing'],
  [
    { results: [{ group: { mediaType: 'voice' }, data: [{ metric: 'oWaiting', count: null }] }] },
    'results[0].data[0].count is null',
  ],
  [
    { results: [{ group: { mediaType: 'voice' }, data: [{ metric: 'oWaiting', count: -1 }] }] },
    'results[0].data[0].count is -1',
  ],
])('activity %j is no zero but an unexpected shape', async (body, problem) => {
  const { ask } = setup('conversationActivity', () => json(body))
  await expect(ask()).rejects.toMatchObject({
    kind: 'unexpectedShape',
    message: expect.stringContaining(problem),
  })
})

test('flows are counted per type, however the reply spells it', async () => {
  const reply = {
    results: [
      { group: { flowType: 'INBOUNDCALL' }, data: [{ metric: 'oFlow', count: 7 }] },
      { group: { flowType: 'bot' }, data: [{ metric: 'oFlow', count: 3 }] },
    ],
  }
  const { ask } = setup('flowActivity', () => json(reply))
  expect(valuesOf(await ask())).toMatchObject({
    'flows.active.inboundcall': 7,
    'flows.active.bot': 3,
    'flows.active.workflow': 0,
  })
})

test('phones are counted by the total of a page of one', async () => {
  const { ask, asked } = setup('phones', () => json({ entities: [{}], total: 1234 }))
  const observed = await ask()
  expect(valuesOf(observed)).toEqual({ 'webrtc.phonesUp': 1234 })
  expect(limitsOf(observed)).toEqual({ 'webrtc.phonesUp': 50_000 })
  expect(asked[0]?.url.searchParams.get('status.operationalStatus')).toBe('OPERATIONAL')
  expect(asked[0]?.url.searchParams.get('pageSize')).toBe('1')
})

test.each(['screen.recordings', 'screen.monitors'])('%s are counted', async (id) => {
  const { ask } = setup(id, () => json({ count: 9 }))
  expect(valuesOf(await ask())).toEqual({ [id]: 9 })
})

test('thresholds of the settings reach their metric and no other', () => {
  const { sources } = setup('callMetrics', () => json({}), {
    thresholds: { 'calls.concurrent': { warnAt: 0.5, criticalAt: 0.6 } },
  })
  const metrics = sources.flatMap(({ metrics: own }) => own)
  const changed = metrics.filter(({ thresholds }) => thresholds.warnAt === 0.5)
  expect(changed.map(({ id }) => id)).toEqual(['calls.concurrent'])
})

test('no metric is described twice, and no proxy is titled as connections', () => {
  const metrics = setup('callMetrics', () => json({}), { socketsPerUser: 1 }).sources.flatMap(
    ({ metrics: own }) => own,
  )
  expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length)
  expect(metrics.filter(({ title }) => /websocket|connections/i.test(title))).toEqual([])
})

test('the role shown to copy holds every permission that is asked for', () => {
  const { sources } = setup('callMetrics', () => json({}))
  const needed = new Set(sources.flatMap(({ permissions = [] }) => permissions))
  const onDemand = [QUEUES_PERMISSION]
  expect([...needed, ...onDemand].sort()).toEqual(PERMISSIONS.map(({ name }) => name).sort())
})

test('every source without its permission says which one is missing', async () => {
  const { sources, context } = setup('callMetrics', () => json(ERROR_403, { status: 403 }))
  for (const source of sources) {
    const failure: unknown = await source.ask(context).catch((thrown: unknown) => thrown)
    expect(failure, source.id).toMatchObject({
      kind: 'forbidden',
      details: { permission: source.permissions?.[0] ?? null },
    })
  }
})

test('whatever a server answers, a source gives plain numbers or fails by kind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.jsonValue(),
      fc.constantFrom(200, 400, 403, 429, 503),
      async (body, status) => {
        const { sources, context } = setup('callMetrics', () => json(body, { status }))
        for (const source of sources) {
          try {
            const { samples } = await source.ask(context)
            for (const { series } of samples)
              for (const value of series.value) expect(value).toBeGreaterThanOrEqual(0)
          } catch (error) {
            expect(error).toBeInstanceOf(SourceError)
          }
        }
      },
    ),
    { numRuns: 50 },
  )
})
