import { expect, test } from 'vitest'
import { limitAt } from '#domain/metrics/limitSteps.ts'
import { epochMs, metricId, orgId } from '#domain/units.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import type { FaultKind } from '#mocks/tenant/faults.ts'
import { createTenant, type TenantOptions } from '#mocks/tenant.ts'
import { orgSources } from '../../config/orgSources.ts'
import { organisationConfig } from '../../config/tidemarkConfig.ts'
import type { AskContext } from '../../polledSource.ts'
import { addressesOf } from '../addresses.ts'
import { clientCredentialsToken } from '../oauth.ts'
import { organisationOf } from '../organisationOf.ts'
import { readQueues } from '../readQueues.ts'
import { createTokenStore } from '../tokenStore.ts'
import { chosenQueuesSource } from './chosenQueues.ts'

const START_MS = 1_795_414_000_000
const MINUTE_MS = 60_000

/** The catalogue and the feed against the simulated organisation, a minute after its start. */
async function setup(options: Partial<TenantOptions> = {}) {
  let nowMs = START_MS + MINUTE_MS
  let requests = 0
  const tenant = createTenant({
    scenario: scenarioNamed('limit-raised')!,
    seed: 42,
    startMs: START_MS,
    now: () => nowMs,
    ...options,
  })
  const context: AskContext = {
    signal: new AbortController().signal,
    now: () => epochMs(nowMs),
    fetch: (url, init) => {
      requests += 1
      return tenant.fetch(new Request(url, init))
    },
  }
  const addresses = addressesOf('127.0.0.1:8787')
  const config = organisationConfig({ id: orgId('demo'), name: 'Demo', domain: '127.0.0.1:8787' })
  const tokens = createTokenStore({
    org: config.id,
    storage: null,
    channel: null,
    now: context.now,
  })
  const client = { clientId: 'tidemark', clientSecret: 'demo' }
  tokens.set(await clientCredentialsToken(context, addresses, client))
  const connection = { org: config.id, addresses, clientId: client.clientId, tokens }
  const { sources, feeds } = orgSources({ config, connection, feedBearer: () => null })
  const source = (name: string) => sources.find(({ id }) => id === `genesys.${name}`)!
  return {
    tenant,
    context,
    connection,
    sources,
    calls: source('callMetrics'),
    conversations: source('conversationActivity'),
    feed: feeds[0]!,
    requests: () => requests,
    source,
    pass: (byMs: number) => {
      nowMs += byMs
    },
  }
}

/** An organisation that has everything the catalogue asks for. */
const COMPLETE = { scenario: scenarioNamed('auto-scaling')! }

test('every source of the catalogue understands the simulated organisation', async () => {
  const { sources, context } = await setup(COMPLETE)
  for (const source of sources) {
    const { samples, limits } = await source.ask(context)
    const told = new Set([...samples, ...limits].map(({ metric }) => metric))
    const expected = source.metrics.filter(({ kind }) => kind === 'gauge')
    expect([source.id, expected.filter(({ id }) => !told.has(id))]).toEqual([source.id, []])
  }
})

test('all of it is about 31 requests a minute, pages and the first round of the registry included', async () => {
  const { sources, context, pass, requests } = await setup(COMPLETE)
  const minutes = 15
  const before = requests()
  for (let sec = 0; sec < minutes * 60; sec += 15) {
    for (const source of sources) if (sec % (source.everyMs / 1000) === 0) await source.ask(context)
    pass(15_000)
  }
  const perMinute = (requests() - before) / minutes
  expect(perMinute).toBeGreaterThan(20)
  expect(perMinute).toBeLessThan(31.5)
})

test('chosen queues add up to what the organisation has, in four more requests a minute', async () => {
  const { source, context, connection, requests } = await setup()
  const { queues, isWhole } = await readQueues(context, connection)
  expect(isWhole).toBe(true)
  expect(queues.map(({ name }) => name)).toEqual(['Back office', 'Sales', 'Service', 'Web'])
  const chosen = chosenQueuesSource(connection, queues)
  const before = requests()
  const { samples } = await chosen.ask(context)
  expect(requests() - before).toBe(1)
  expect(chosen.everyMs).toBe(15_000)
  const sumOf = (prefix: string) =>
    samples
      .filter(({ metric }) => metric.startsWith(prefix))
      .reduce((sum, { series }) => sum + series.value[0]!, 0)
  const all = await source('conversationActivity').ask(context)
  const valueOf = (id: string) => all.samples.find(({ metric }) => metric === id)!.series.value[0]!
  expect(sumOf('queue.interacting:')).toBe(valueOf('acd.interacting'))
  expect(sumOf('queue.waiting:')).toBe(valueOf('acd.waiting'))
  expect(valueOf('acd.longestWaiting')).toBeGreaterThanOrEqual(valueOf('acd.longestWaiting.voice'))
  expect(valueOf('acd.longestWaiting')).toBeLessThan(86_400)
})

test('what queues were offered is told minute by minute, with a service level', async () => {
  const { source, context } = await setup()
  const { samples } = await source('queueService').ask(context)
  expect(samples.map(({ metric }) => metric)).toEqual([
    'acd.offered',
    'acd.abandoned',
    'acd.serviceLevel',
  ])
  const [offered, abandoned, level] = samples.map(({ series }) => series)
  expect(offered!.timeMs).toHaveLength(10)
  for (const at of offered!.timeMs) expect(at % MINUTE_MS).toBe(0)
  for (const [i, value] of abandoned!.value.entries())
    expect(value).toBeLessThanOrEqual(offered!.value[i]!)
  for (const percent of level!.value) {
    expect(percent).toBeGreaterThan(0)
    expect(percent).toBeLessThanOrEqual(100)
  }
})

test('an organisation all in the cloud has no premises', async () => {
  const { source, context } = await setup()
  await expect(source('premisesCalls').ask(context)).rejects.toMatchObject({ kind: 'absent' })
  expect((await source('callMetrics').ask(context)).samples).toHaveLength(3)
})

test('topics of the own channel are counted where there is one', async () => {
  const { source, context, connection, tenant } = await setup()
  const ask = () => source('ownTopics').ask(context)
  expect((await ask()).samples).toEqual([])
  const api = async (path: string, body: unknown) => {
    const response = await tenant.fetch(
      new Request(`http://127.0.0.1:8787/api/v2/notifications/channels${path}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${connection.tokens.get()!.accessToken}` },
        body: JSON.stringify(body),
      }),
    )
    return (await response.json()) as { id: string }
  }
  const { id } = await api('', null)
  await api(`/${id}/subscriptions`, [{ id: 'v2.users.a.presence' }, { id: 'v2.users.b.presence' }])
  expect((await ask()).samples[0]?.series.value[0]).toBe(2)
})

test('the organisation tells its name', async () => {
  const { connection, context, tenant } = await setup()
  expect(await organisationOf(context, connection)).toEqual(tenant.organisation)
})

test('the feed brings an hour of connections with their limit, then what is new', async () => {
  const { feed, context, pass } = await setup()
  const open = metricId('connections.open')
  const backlog = await feed.ask(context)
  const connections = backlog.samples.filter(({ metric }) => metric === open)
  const times = connections.flatMap(({ series }) => [...series.timeMs])
  expect(times.length).toBeGreaterThan(3000)
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
  const steps = backlog.limits.filter(({ metric }) => metric === open).map(({ step }) => step)
  expect(limitAt(steps, epochMs(times.at(-1)!))).toBeGreaterThan(0)
  pass(2000)
  const news = await feed.ask(context)
  expect(news.samples.find(({ metric }) => metric === open)?.series.timeMs).toHaveLength(2)
})

const METRICS_PATH = '/api/v2/telephony/calls/metrics?metricType=cloud'

test.each<[FaultKind, string]>([
  ['html', 'unexpectedShape'],
  ['malformed', 'unexpectedShape'],
  ['missingFields', 'unexpectedShape'],
  ['nulls', 'unexpectedShape'],
  ['huge', 'unexpectedShape'],
  ['negative', 'unexpectedShape'],
  ['text', 'unexpectedShape'],
  ['status', 'unavailable'],
  ['rateLimitedWithoutRetryAfter', 'rateLimited'],
])('a simulated fault %s is %s, and the sources beside it go on', async (kind, failure) => {
  const { calls, conversations, context } = await setup({ faults: [{ path: METRICS_PATH, kind }] })
  await expect(calls.ask(context)).rejects.toMatchObject({ kind: failure })
  expect((await conversations.ask(context)).samples.length).toBeGreaterThan(0)
})

test('a token that is revoked in mid-run signs out', async () => {
  const { calls, context, tenant, connection } = await setup()
  tenant.revokeTokens()
  await expect(calls.ask(context)).rejects.toMatchObject({ kind: 'unauthorised' })
  expect(connection.tokens.get()).toBeNull()
})

test('a missing permission is named by the simulated organisation', async () => {
  const permission = 'telephony:callMetrics:view'
  const { calls, context } = await setup({ missingPermissions: [permission] })
  await expect(calls.ask(context)).rejects.toMatchObject({
    kind: 'forbidden',
    details: { permission },
  })
})
