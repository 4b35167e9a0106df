import platformClient from 'purecloud-platform-client-v2'
import { afterEach, expect, test } from 'vitest'
import { USERS } from '../model/people.ts'
import { queuesOf } from '../model/queues.ts'
import { scenarioNamed } from '../scenarios.ts'
import { startTenantServer, type TenantServer } from './server.ts'

const START_MS = 1_795_414_000_000
const DAY_MS = 86_400_000

let nowMs = START_MS
let server: TenantServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

/** The vendor's own client, signed in at a fresh tenant. */
async function setup(scenario = 'limit-raised', missingPermissions: readonly string[] = []) {
  nowMs = START_MS
  server = await startTenantServer({
    port: 0,
    now: () => nowMs,
    scenario: scenarioNamed(scenario)!,
    seed: 42,
    missingPermissions,
  })
  const client = platformClient.ApiClient.instance
  client.setGateway({
    host: '127.0.0.1',
    protocol: 'http',
    port: server.port,
    path_params_login: 'login',
    path_params_api: '',
  })
  await client.loginClientCredentialsGrant('any-client', 'any-secret')
  return server
}

test('the official client reads who it is and where', async () => {
  const { tenant } = await setup()
  const organisation = new platformClient.OrganizationApi()
  const tokens = new platformClient.TokensApi()
  expect(await organisation.getOrganizationsMe()).toMatchObject(tenant.organisation)
  expect((await tokens.getTokensMe()).organization).toMatchObject(tenant.organisation)
  expect((await tokens.getTokensTimeout()).idleTokenTimeoutSeconds).toBeGreaterThan(0)
  await tokens.headTokensMe()
  await tokens.deleteTokensMe()
  await expect(organisation.getOrganizationsMe()).rejects.toMatchObject({ status: 401 })
})

test('the official client reads calls, trunks, phones and stations', async () => {
  await setup('auto-scaling')
  const telephony = new platformClient.TelephonyApi()
  const edges = new platformClient.TelephonyProvidersEdgeApi()
  const stations = new platformClient.StationsApi()

  const calls = await telephony.getTelephonyCallsMetrics({ metricType: 'cloud' })
  expect(calls.concurrentCallCount).toBeGreaterThan(0)
  expect(calls.maxCallCapacity).toBe(1000)
  const premises = await telephony.getTelephonyCallsMetrics({ metricType: 'premises' })
  expect(premises.concurrentCallSessionCount).toBeGreaterThan(0)
  expect(premises.maxCallCapacity).toBe(120)

  const trunks = await edges.getTelephonyProvidersEdgesTrunks({
    trunkType: 'EXTERNAL',
    pageSize: 100,
  })
  const ids = trunks.entities!.map(({ id }) => id!)
  expect(trunks.total).toBe(ids.length)
  const metrics = await edges.getTelephonyProvidersEdgesTrunksMetrics(ids.join())
  expect(metrics.map(({ trunk }) => trunk!.id)).toEqual(ids)
  expect(metrics[0]!.calls!.inboundCallCount).toBeGreaterThan(0)

  const phones = await edges.getTelephonyProvidersEdgesPhones({
    pageSize: 1,
    statusOperationalStatus: 'OPERATIONAL',
  })
  expect(phones.total).toBeGreaterThan(500)
  const all = await stations.getStations({ pageSize: 100, pageNumber: 1 })
  expect(all.total).toBe(USERS)
  expect(all.entities!.map(({ status }) => status)).toContain('ASSOCIATED')
  const last = await stations.getStations({ pageSize: 100, pageNumber: all.pageCount! })
  expect(last.entities).toHaveLength(USERS % 100)
})

test('the official client reads conversations, queues, agents and flows', async () => {
  const { tenant } = await setup()
  const analytics = new platformClient.AnalyticsApi()

  const activity = await analytics.postAnalyticsConversationsActivityQuery({
    metrics: ['oInteracting', 'oWaiting', 'oAlerting'].map((metric) => ({
      metric,
      details: false,
    })),
    groupBy: ['mediaType'],
  })
  const voice = activity.results!.find(({ group }) => group!.mediaType === 'voice')!
  expect(voice.data!.map(({ metric }) => metric)).toEqual(['oInteracting', 'oWaiting', 'oAlerting'])
  const [queue] = queuesOf(tenant.world)
  const observations = await analytics.postAnalyticsQueuesObservationsQuery({
    filter: { type: 'or', predicates: [{ dimension: 'queueId', value: queue!.id }] },
    metrics: ['oWaiting', 'oInteracting'],
  })
  expect(observations.results!.every(({ group }) => group!.queueId === queue!.id)).toBe(true)
  expect(observations.results![0]!.data![0]!.stats!.count).toBeGreaterThanOrEqual(0)

  const agents = await analytics.postAnalyticsAgentsStatusCounts(
    { userFilter: { type: 'and', predicates: [{ dimension: 'online', value: 'true' }] } },
    { groupBy: ['presence', 'routingStatus'] },
  )
  const online = agents.presenceCounts!.reduce((sum, { count }) => sum + count!, 0)
  expect(online).toBeGreaterThan(500)
  expect(agents.routingStatusCounts!.reduce((sum, { count }) => sum + count!, 0)).toBe(online)
  const flows = await analytics.postAnalyticsFlowsActivityQuery({
    metrics: [{ metric: 'oFlow', details: false }],
    groupBy: ['flowType'],
  })
  expect(flows.results!.map(({ group }) => group!.flowType)).toContain('INBOUNDCALL')
})

test('the official client reads queues, and how those who came to them were served', async () => {
  const { tenant } = await setup()
  const queues = await new platformClient.RoutingApi().getRoutingQueues({
    pageSize: 3,
    pageNumber: 2,
  })
  expect([queues.total, queues.pageCount, queues.entities!.length]).toEqual([4, 2, 1])
  const [last] = queues.entities!
  expect(queuesOf(tenant.world).map(({ id, name }) => ({ id, name }))).toContainEqual({
    id: last!.id,
    name: last!.name,
  })
  const analytics = new platformClient.AnalyticsApi()
  const served = await analytics.postAnalyticsConversationsAggregatesQuery({
    interval: between(nowMs - 3_600_000, nowMs),
    granularity: 'PT30M',
    groupBy: ['mediaType'],
    metrics: ['nOffered', 'tAnswered', 'tAbandon', 'oServiceLevel'],
  })
  const voice = served.results!.find(({ group }) => group!.mediaType === 'voice')!
  const stats = new Map(voice.data![0]!.metrics!.map((each) => [each.metric, each.stats!]))
  expect(stats.get('nOffered')!.count).toBe(
    stats.get('tAnswered')!.count! + stats.get('tAbandon')!.count!,
  )
  expect(stats.get('oServiceLevel')!.ratio).toBeLessThanOrEqual(1)
  const activity = await analytics.postAnalyticsConversationsActivityQuery({
    metrics: [{ metric: 'oLongestInteracting', details: false }],
    groupBy: ['mediaType'],
  })
  expect(activity.results![0]!.data![0]!.calculatedMetricValue).toBeLessThan(nowMs)
})

test('the official client reads topics and the settings of trunks', async () => {
  await setup()
  const topics = await new platformClient.NotificationsApi().getNotificationsAvailabletopics({
    expand: ['transports'],
  })
  const events = topics.entities!.find(({ id }) => id === 'v2.operations.events.{id}')!
  expect(events.transports).toEqual(['All'])
  expect(events).not.toHaveProperty('description')
  const edges = new platformClient.TelephonyProvidersEdgeApi()
  const bases = await edges.getTelephonyProvidersEdgesTrunkbasesettings({ expand: ['properties'] })
  const trunks = await edges.getTelephonyProvidersEdgesTrunks({ trunkType: 'EXTERNAL' })
  expect(trunks.entities!.map(({ trunkBase }) => trunkBase!.id)).toEqual(
    bases.entities!.map(({ id }) => id),
  )
  expect(bases.entities!.map(({ properties }) => properties)).toContainEqual({
    simulated_concurrent_calls_max: { value: { instance: 0 } },
  })
})

test('the official client reads screens being recorded and watched', async () => {
  await setup()
  const recorded = await new platformClient.RecordingApi().getRecordingsScreensessionsDetails()
  expect(recorded.count).toBeGreaterThan(0)
  const watched = await new platformClient.ScreenMonitoringApi().getScreenmonitorsSessionsDetails()
  expect(watched.count).toBeGreaterThanOrEqual(0)
})

test('the official client reads limits, their registry and their changes', async () => {
  await setup()
  const organisation = new platformClient.OrganizationApi()

  const namespaces = (await organisation.getOrganizationsLimitsNamespaces({ pageSize: 100 })) as {
    entities: string[]
  }
  expect(namespaces.entities).toContain('platform.api')
  const docs = await organisation.getOrganizationsLimitsDocs()
  expect(docs.namespaces!.map(({ name }) => name)).toEqual(namespaces.entities)
  for (const namespace of ['notifications', 'web.messaging', 'platform.api']) {
    const effective = await organisation.getOrganizationsLimitsNamespace(namespace)
    const defaults = await organisation.getOrganizationsLimitsNamespaceDefaults(namespace)
    const keysOf = ({ entities }: typeof effective) => entities!.map(({ key }) => key)
    expect(keysOf(effective)).not.toHaveLength(0)
    expect(keysOf(effective)).toEqual(keysOf(defaults))
  }
  const changes = await organisation.getOrganizationsLimitsChangerequests({
    expand: ['statusHistory'],
  })
  const [change] = changes.entities!
  expect(change!.statusHistory).not.toHaveLength(0)
  expect(await organisation.getOrganizationsLimitsChangerequest(change!.id!)).toMatchObject({
    requestedValue: change!.requestedValue,
  })
  const implemented = await organisation.getOrganizationsLimitsChangerequests({
    status: 'ChangeImplemented',
  })
  expect(implemented.entities!.every(({ dateCompleted }) => dateCompleted !== undefined)).toBe(true)
})

test('the official client reads how near the limits are: aggregates, events, daily use', async () => {
  await setup('rate-limited')
  const events = new platformClient.OperationalEventsApi()
  const usage = new platformClient.UsageApi()

  const interval = between(nowMs - 3_600_000, nowMs)
  const analytics = new platformClient.AnalyticsApi()
  const aggregates = await analytics.postAnalyticsRatelimitsAggregatesQuery({
    interval,
    granularity: 'PT1M',
    groupBy: ['namespace', 'limitName', 'max'],
    metrics: ['oRateLimitRecorded'],
  })
  const [limit] = aggregates.results!
  expect(limit!.group).toMatchObject({ namespace: 'platform.api', max: '3000' })
  expect(limit!.data![0]!.metrics![0]!.stats!.max).toBeGreaterThanOrEqual(2700)

  const definitions = await events.getUsageEventsDefinitions()
  const reached = definitions.entities!.find(({ name }) => name === 'Rate limit reached')!
  expect(await events.getUsageEventsDefinition(reached.id!)).toMatchObject({ name: reached.name })
  const body = { interval, eventDefinitionIds: [reached.id!] }
  const found = await events.postUsageEventsQuery({ pageSize: '200', body })
  expect(found.entities!.map(({ eventDefinition }) => eventDefinition!.id)).toContain(reached.id)

  const today = Math.floor(nowMs / DAY_MS) * DAY_MS
  const job = await usage.postUsageAggregatesQueryJobs({
    interval: between(today - 3 * DAY_MS, today),
    metrics: ['Requests', 'Status429', 'Status500'],
  })
  const read = () => usage.getUsageAggregatesQueryJob(job.id)
  expect((await read()).queryStatus).toBe('Queued')
  nowMs += 10_000
  const { queryStatus, entities } = await read()
  expect(queryStatus).toBe('Succeeded')
  expect(entities).toHaveLength(3)
  expect(entities![0]!.status429).toBeGreaterThan(0)
})

const between = (fromMs: number, toMs: number) =>
  [fromMs, toMs].map((at) => new Date(at).toISOString()).join('/')

test('the official client opens a channel, subscribes it, and sees it listed', async () => {
  const { port } = await setup()
  const notifications = new platformClient.NotificationsApi()
  const channel = await notifications.postNotificationsChannels()
  expect(channel.connectUri).toBe(`ws://127.0.0.1:${port}/channels/${channel.id}`)
  const id = channel.id!
  await notifications.headNotificationsChannel(id)
  const topic = (name: string) => [{ id: `v2.users.${name}.presence` }]
  await notifications.putNotificationsChannelSubscriptions(id, topic('a'))
  await notifications.postNotificationsChannelSubscriptions(id, topic('b'))
  const topics = () => notifications.getNotificationsChannelSubscriptions(id)
  expect((await topics()).entities!.map((entry) => entry.id)).toEqual([
    'v2.users.a.presence',
    'v2.users.b.presence',
  ])
  await notifications.deleteNotificationsChannelSubscriptions(id)
  expect((await topics()).entities).toEqual([])
  const channels = await notifications.getNotificationsChannels({ includechannels: 'oauthclient' })
  expect(channels.entities).toHaveLength(1)
})

test('the official client understands a refusal', async () => {
  await setup('quiet', ['telephony:callMetrics:view'])
  const asked = new platformClient.TelephonyApi().getTelephonyCallsMetrics()
  await expect(asked).rejects.toMatchObject({
    status: 403,
    code: 'missing.any.permissions',
    messageParams: { permissions: 'telephony:callMetrics:view' },
  })
})
