import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callsAt } from '../model/calls.ts'
import { presencesAt, usersOnlineAt } from '../model/people.ts'
import { mediaActivityAt, queuesOf } from '../model/queues.ts'
import type { ScenarioName } from '../scenarios/scenario.ts'
import { steeredTenant } from '../steeredTenant.ts'
import { ROUTES } from './api.ts'

const CALLS = '/api/v2/telephony/calls/metrics'
const CHANNELS = '/api/v2/notifications/channels'

async function setup(...args: Parameters<typeof steeredTenant>) {
  const steered = steeredTenant(...args)
  await steered.signIn()
  return steered
}

test('what is told is what the model holds at that second', async () => {
  const { tenant, json, wait } = await setup('auto-scaling')
  wait(600_400)
  const { calls, sessions, maxSessions } = callsAt(tenant.world, 600)
  expect(await json(CALLS)).toMatchObject({
    concurrentCallCount: calls,
    concurrentCallSessionCount: sessions,
    maxCallSessionCapacity: maxSessions,
    autoScalingTriggerPercentage: 80,
  })
})

test('activity is told by media, by queue, and for one queue alone', async () => {
  type Activity = {
    results: { group: Record<string, string>; data: { metric: string; count: number }[] }[]
  }
  const { tenant, post } = await setup('limit-raised')
  const ask = (more: object) =>
    post<Activity>('/api/v2/analytics/conversations/activity/query', {
      metrics: [{ metric: 'oInteracting' }],
      ...more,
    })
  const byMedia = await ask({ groupBy: ['mediaType'] })
  const voice = byMedia.results.find(({ group }) => group.mediaType === 'voice')!
  expect(voice.data).toEqual([
    { metric: 'oInteracting', count: mediaActivityAt(tenant.world, 0, 'voice').interacting },
  ])
  const sum = ({ results }: Activity) =>
    results.reduce((total, { data }) => total + data[0]!.count, 0)
  const byQueue = await ask({ groupBy: ['queueId'] })
  expect(byQueue.results).toHaveLength(4)
  expect(sum(byQueue)).toBe(sum(byMedia))
  const [queue] = queuesOf(tenant.world)
  const one = await ask({
    groupBy: ['queueId'],
    filter: { type: 'or', predicates: [{ dimension: 'queueId', value: queue!.id }] },
  })
  expect(one.results.map(({ group }) => group.queueId)).toEqual([queue!.id])
})

test('users online are counted by presence, without those offline', async () => {
  const { tenant, post } = await setup('quiet')
  const ask = (body: object) =>
    post<{ presenceCounts: { systemPresence: string; count: number }[] }>(
      '/api/v2/analytics/agents/status/counts?groupBy=presence',
      body,
    )
  const online = await ask({
    userFilter: { type: 'and', predicates: [{ dimension: 'online', value: 'true' }] },
  })
  const total = online.presenceCounts.reduce((sum, { count }) => sum + count, 0)
  expect(total).toBe(usersOnlineAt(tenant.world, 0))
  const all = await ask({})
  expect(all.presenceCounts).toHaveLength(presencesAt(tenant.world, 0).length)
})

const USAGE = '/api/v2/usage/aggregates/query/jobs'
type UsageReply = {
  queryStatus: string
  entities?: { date: string; requestCount: number; status400: number; status429: number }[]
  nextUri?: string
}
const days = (from: string, to: string) => `${from}T00:00:00Z/${to}T00:00:00Z`

test('daily use is a job that is done after a while, and leaves today out', async () => {
  const { json, post, wait, now } = await setup('rate-limited')
  const today = new Date(now()).toISOString().slice(0, 10)
  const weekAgo = new Date(now() - 7 * 86_400_000).toISOString().slice(0, 10)
  const tomorrow = new Date(now() + 86_400_000).toISOString().slice(0, 10)
  const { id } = await post<{ id: string }>(USAGE, { interval: days(weekAgo, tomorrow) })
  const read = (query = '') => json<UsageReply>(`${USAGE}/${id}${query}`)
  expect((await read()).queryStatus).toBe('Queued')
  wait(2_000)
  expect((await read()).queryStatus).toBe('Running')
  wait(3_000)
  const { queryStatus, entities } = await read()
  expect(queryStatus).toBe('Succeeded')
  expect(entities!.map(({ date }) => date)).toHaveLength(7)
  expect(entities!.some(({ date }) => date === today)).toBe(false)
  for (const { status400, status429 } of entities!) {
    expect(status429).toBeGreaterThan(0)
    expect(status400).toBeGreaterThan(status429)
  }
  const first = await read('?pageSize=5')
  const rest = await json<UsageReply>(first.nextUri!)
  expect([...first.entities!, ...rest.entities!]).toEqual(entities)
  expect(rest.nextUri).toBeUndefined()
})

test('groups of daily use add up to the whole', async () => {
  const { json, post, wait } = await setup('quiet')
  const ask = async (groupBy: string[]) => {
    const body = { interval: days('2026-10-05', '2026-10-06'), groupBy }
    const { id } = await post<{ id: string }>(USAGE, body)
    wait(5_000)
    const { entities } = await json<UsageReply>(`${USAGE}/${id}`)
    return entities!.map(({ requestCount }) => requestCount)
  }
  const [whole] = await ask([])
  for (const groupBy of [['HttpMethod'], ['TemplateUri'], ['HttpMethod', 'TemplateUri']]) {
    const parts = await ask(groupBy)
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.reduce((sum, count) => sum + count, 0)).toBe(whole)
  }
})

test.each([
  [{ interval: days('2026-01-01', '2026-06-01') }, 'query.too.long'],
  [{ interval: days('2020-01-01', '2020-01-02') }, 'query.too.long'],
  [{ interval: days('2026-10-05', '2026-10-06'), groupBy: ['UserId'] }, 'invalid.value'],
  [{ interval: days('2026-10-05', '2026-10-06'), granularity: 'Week' }, 'invalid.value'],
])('daily use of %j is refused', async (body, code) => {
  const { fetch } = await setup('quiet')
  const response = await fetch(USAGE, { method: 'POST', body: JSON.stringify(body) })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code })
})

test.each([
  'x',
  '%25',
  btoa('7'),
  btoa('{"createdMs":0,"body":{"interval":"-271821-04-20/+275760-09-13"}}'),
])('a job %s that was never begun is not found', async (id) => {
  const { fetch } = await setup('quiet')
  expect((await fetch(`${USAGE}/${encodeURIComponent(id)}`)).status).toBe(404)
})

test('a filter that is not played is refused rather than ignored', async () => {
  const { fetch } = await setup('quiet')
  const phones = await fetch('/api/v2/telephony/providers/edges/phones?site.id=1')
  expect(phones.status).toBe(400)
})

test.each([
  ['/api/v2/analytics/flows/activity/query', { groupBy: [{ toString: false }] }],
  ['/api/v2/analytics/conversations/activity/query', { groupBy: [7] }],
  ['/api/v2/analytics/conversations/activity/query', { groupBy: [], metrics: [{ metric: null }] }],
])('%s of %j is refused, since a text is missing', async (path, body) => {
  const { fetch } = await setup()
  expect((await fetch(path, { method: 'POST', body: JSON.stringify(body) })).status).toBe(400)
})

test('pages of stations cover all of them once', async () => {
  type Page = { entities: { id: string; status: string }[]; total: number; pageCount: number }
  const { json } = await setup('quiet')
  const first = await json<Page>('/api/v2/stations?pageSize=100')
  const pages = await Promise.all(
    Array.from({ length: first.pageCount }, (_, i) =>
      json<Page>(`/api/v2/stations?pageSize=100&pageNumber=${i + 1}`),
    ),
  )
  const ids = pages.flatMap(({ entities }) => entities.map(({ id }) => id))
  expect(ids).toHaveLength(first.total)
  expect(new Set(ids).size).toBe(first.total)
})

test('a token has 300 requests a minute; the 301st is told to wait and names the limit', async () => {
  const { fetch, wait, signIn } = await setup('quiet')
  for (let i = 0; i < 300; i += 1) expect((await fetch(CALLS)).status).toBe(200)
  const refused = await fetch(CALLS)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('inin-ratelimit-count')).toBe('300')
  expect(refused.headers.get('inin-ratelimit-allowed')).toBe('300')
  const waitSec = Number(refused.headers.get('Retry-After'))
  expect(await refused.json()).toMatchObject({
    code: 'too.many.requests.retry.after',
    message: `Rate limit exceeded the maximum. Retry the request in [${waitSec}] seconds`,
    limit: { namespace: 'platform.api', key: 'token.rate.per.minute', value: 300 },
  })
  wait(waitSec * 1000)
  expect((await fetch(CALLS)).status).toBe(200)
  await signIn('another')
  expect((await fetch(CALLS)).headers.get('inin-ratelimit-count')).toBe('1')
})

test('a crowded allowance refuses everybody until the crowd is gone', async () => {
  const { fetch, wait, tenant } = await setup('rate-limited')
  const crowd = tenant.world.scenario.apiCrowded!
  const nextSec = crowd.firstAt + crowd.everySec * Math.ceil(-crowd.firstAt / crowd.everySec)
  wait(nextSec * 1000)
  const refused = await fetch(CALLS)
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([
    429,
    String(crowd.lengthSec),
  ])
  wait(crowd.lengthSec * 1000)
  expect((await fetch(CALLS)).status).toBe(200)
})

test('rate-limit aggregates are empty below 90 % and hold the crowded minutes', async () => {
  type Aggregates = {
    results: {
      group: { limitName: string; max: string }
      data: { metrics: { stats: { max: number } }[] }[]
    }[]
  }
  const ask = async (scenario: ScenarioName, options: { maxConnections?: number } = {}) => {
    const { post, startMs } = await setup(scenario, options)
    return post<Aggregates>('/api/v2/analytics/ratelimits/aggregates/query', {
      interval: `${new Date(startMs - 3_600_000).toISOString()}/${new Date(startMs).toISOString()}`,
      granularity: 'PT1M',
      groupBy: ['namespace', 'limitName', 'max'],
      metrics: ['oRateLimitRecorded'],
    })
  }
  expect(await ask('quiet')).toEqual({ results: [] })
  const { results } = await ask('rate-limited')
  const buckets = results[0]!.data
  expect(buckets.length).toBeGreaterThan(10)
  expect(buckets.every(({ metrics }) => metrics[0]!.stats.max >= 2700)).toBe(true)
  const raised = await ask('limit-raised')
  expect(raised.results.map(({ group }) => [group.limitName, group.max])).toEqual([
    ['simulated.connections.concurrent.max', '720'],
    ['simulated.connections.concurrent.max', '1000'],
  ])
  for (const { group, data } of raised.results)
    expect(Math.max(...data.map(({ metrics }) => metrics[0]!.stats.max))).toBe(Number(group.max))
  // Real sockets are counted at the door alone.
  expect(await ask('limit-raised', { maxConnections: 3 })).toEqual({ results: [] })
})

test('events about limits are told page by page', async () => {
  type Events = { entities: { dateCreated: string }[]; nextUri?: string }
  const { post, startMs } = await setup('rate-limited')
  const body = {
    interval: `${new Date(startMs - 3_600_000).toISOString()}/${new Date(startMs).toISOString()}`,
    eventDefinitionIds: ['simulated-rate-limit-reached'],
    sortOrder: 'ASC',
  }
  const first = await post<Events>('/api/v2/usage/events/query?pageSize=6', body)
  const second = await post<Events>(first.nextUri!, body)
  expect(second.nextUri).toBeUndefined()
  const times = [...first.entities, ...second.entities].map(({ dateCreated }) => dateCreated)
  expect(times).toEqual(times.toSorted())
  expect(times).toHaveLength(10)
})

test('the 21st channel costs the least recently used one its life, unconnected ones first', async () => {
  const { json, fetch, tenant, wait } = await setup('quiet')
  const create = () => json<{ id: string; connectUri: string }>(CHANNELS, { method: 'POST' })
  const closed: string[] = []
  const first = await create()
  const upgrade = tenant.upgrade(new URL(first.connectUri))
  if (upgrade instanceof Response) throw new Error('refused')
  upgrade.open({ send: () => undefined, close: (_, reason) => closed.push(reason) })
  const others = []
  for (let i = 0; i < 19; i += 1) {
    wait(1000)
    others.push(await create())
  }
  const count = async () => (await json<{ entities: unknown[] }>(CHANNELS)).entities.length
  const isAlive = async (id: string) => (await fetch(`${CHANNELS}/${id}`, { method: 'HEAD' })).ok
  expect(await count()).toBe(20)
  await create()
  expect(await count()).toBe(20)
  expect(await isAlive(others[0]!.id)).toBe(false)
  expect([await isAlive(first.id), await isAlive(others[1]!.id)]).toEqual([true, true])
  expect(closed).toEqual([])
})

test('channels of another token of the same app are counted, their addresses hidden', async () => {
  const { json, signIn } = await setup('quiet')
  await json(CHANNELS, { method: 'POST' })
  await signIn()
  const own = await json<{ entities: object[] }>(CHANNELS)
  const all = await json<{ entities: object[] }>(`${CHANNELS}?includechannels=oauthclient`)
  expect(own.entities).toEqual([])
  expect(all.entities).toHaveLength(1)
  expect(all.entities[0]).not.toHaveProperty('connectUri')
})

test('a limit is raised by a change request that was approved before', async () => {
  const { json, wait } = await setup('limit-raised')
  type Request = { key: string; status: string; requestedValue: number; dateCompleted?: string }
  const requests = async (query = '') => {
    const path = `/api/v2/organizations/limits/changerequests${query}`
    const { entities } = await json<{ entities: Request[] }>(path)
    return entities.filter(({ key }) => key === 'simulated.connections.concurrent.max')
  }
  const namespace = '/api/v2/organizations/limits/namespaces/notifications'
  const value = async () =>
    (await json<{ entities: { value: number }[] }>(namespace)).entities[0]!.value
  expect(await value()).toBe(1000)
  expect((await requests()).map(({ status }) => status)).toEqual(['ChangeImplemented', 'Approved'])
  wait(240_000)
  expect(await value()).toBe(1500)
  const done = await requests('?status=ChangeImplemented')
  expect(done.map(({ requestedValue }) => requestedValue)).toEqual([1000, 1500])
  expect(done.every(({ dateCompleted }) => dateCompleted !== undefined)).toBe(true)
})

test('pages of other origins may read the rate and correlation headers, never Date', async () => {
  const { fetch } = await setup('quiet')
  const exposed = (await fetch(CALLS)).headers.get('Access-Control-Expose-Headers')!
  expect(exposed.split(', ')).toEqual([
    'Retry-After',
    'ININ-Correlation-Id',
    'inin-ratelimit-count',
    'inin-ratelimit-allowed',
    'inin-ratelimit-reset',
  ])
  const withheld = await (await setup('quiet', { withholdHeaders: true })).fetch(CALLS)
  expect(withheld.headers.has('Access-Control-Expose-Headers')).toBe(false)
  expect(withheld.headers.get('Access-Control-Allow-Origin')).toBe('*')
})

test('preflights are answered and cost no request', async () => {
  const { fetch } = await setup('quiet')
  const preflight = await fetch(CALLS, {
    method: 'OPTIONS',
    headers: { 'Access-Control-Request-Headers': 'authorization,content-type' },
  })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('Access-Control-Allow-Headers')).toBe('authorization,content-type')
  expect((await fetch(CALLS)).headers.get('inin-ratelimit-count')).toBe('1')
})

test('whatever is asked is answered: no request makes the tenant fail', async () => {
  const posts = ROUTES.filter(({ method }) => method === 'POST').map(({ path }) => path)
  const { fetch, signIn, wait } = await setup('limit-raised')
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...posts, '/api/v2/%E0%A4%A', '/v1/changes', '/oauth/token'),
      fc.oneof(
        fc.jsonValue(),
        fc.record({
          metrics: fc.jsonValue(),
          groupBy: fc.jsonValue(),
          filter: fc.jsonValue(),
          interval: fc.constantFrom('2026-01-01T00:00Z/2027-01-01T00:00Z', 'x/y', 7),
          granularity: fc.constantFrom('PT1M', 'PT1H', 'P1Y', {}),
        }),
      ),
      fc.webQueryParameters(),
      async (path, body, query) => {
        wait(1000)
        const response = await fetch(`${path}?${query}`, {
          method: 'POST',
          body: JSON.stringify(body),
        })
        if (response.status === 429) await signIn()
        expect(response.status).toBeLessThan(500)
      },
    ),
    { numRuns: 400 },
  )
})

test('a network drop takes the gateway with it: 503 that no page can read', async () => {
  const { fetch, wait, tenant } = await setup('flapping-network')
  const { firstAt, everySec } = tenant.world.scenario.drops!
  wait((firstAt + everySec * Math.ceil(-firstAt / everySec)) * 1000)
  const response = await fetch(CALLS)
  expect(response.status).toBe(503)
  expect(response.headers.has('Access-Control-Allow-Origin')).toBe(false)
})
