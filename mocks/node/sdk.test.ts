import platformClient from 'purecloud-platform-client-v2'
import { afterEach, expect, test } from 'vitest'
import { queuesOf } from '../model/queues.ts'
import { scenarioNamed } from '../scenarios.ts'
import { startTenantServer, type TenantServer } from './server.ts'

let server: TenantServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

/** The vendor's own client, signed in at a fresh tenant. */
async function setup(missingPermissions: readonly string[] = []) {
  server = await startTenantServer({
    port: 0,
    scenario: scenarioNamed('limit-raised')!,
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

test('the official client reads what the dashboard reads', async () => {
  const { tenant } = await setup()
  const telephony = new platformClient.TelephonyApi()
  const edges = new platformClient.TelephonyProvidersEdgeApi()
  const analytics = new platformClient.AnalyticsApi()
  const organisation = new platformClient.OrganizationApi()
  const notifications = new platformClient.NotificationsApi()

  expect(await organisation.getOrganizationsMe()).toMatchObject(tenant.organisation)
  const calls = await telephony.getTelephonyCallsMetrics({ metricType: 'cloud' })
  expect(calls.concurrentCallCount).toBeGreaterThan(0)
  expect(calls.maxCallCapacity).toBe(1000)

  const trunks = await edges.getTelephonyProvidersEdgesTrunks({ trunkType: 'EXTERNAL' })
  const ids = trunks.entities!.map(({ id }) => id!)
  const metrics = await edges.getTelephonyProvidersEdgesTrunksMetrics(ids.join())
  expect(metrics).toHaveLength(ids.length)
  const phones = await edges.getTelephonyProvidersEdgesPhones({
    pageSize: 1,
    statusOperationalStatus: 'OPERATIONAL',
  })
  expect(phones.total).toBeGreaterThan(500)

  const activity = await analytics.postAnalyticsConversationsActivityQuery({
    metrics: [{ metric: 'oInteracting', details: false }],
    groupBy: ['mediaType'],
  })
  expect(activity.results!.map(({ group }) => group!.mediaType)).toContain('voice')
  const [queue] = queuesOf(tenant.world)
  const observations = await analytics.postAnalyticsQueuesObservationsQuery({
    filter: { type: 'or', predicates: [{ dimension: 'queueId', value: queue!.id }] },
    metrics: ['oWaiting'],
  })
  expect(observations.results).not.toHaveLength(0)
  const agents = await analytics.postAnalyticsAgentsStatusCounts(
    { userFilter: { type: 'and', predicates: [{ dimension: 'online', value: 'true' }] } },
    { groupBy: ['presence', 'routingStatus'] },
  )
  expect(agents.presenceCounts).not.toHaveLength(0)
  expect(agents.routingStatusCounts).not.toHaveLength(0)

  const limits = await organisation.getOrganizationsLimitsNamespace('platform.api')
  expect(limits.entities!.map(({ key }) => key)).toContain('token.rate.per.minute')
  const docs = await organisation.getOrganizationsLimitsDocs()
  expect(docs.namespaces).not.toHaveLength(0)

  const channel = await notifications.postNotificationsChannels()
  expect(channel.connectUri).toBe(`ws://127.0.0.1:${server!.port}/channels/${channel.id}`)
  const channels = await notifications.getNotificationsChannels({ includechannels: 'oauthclient' })
  expect(channels.entities).toHaveLength(1)
})

test('the official client understands a refusal', async () => {
  await setup(['telephony:callMetrics:view'])
  const asked = new platformClient.TelephonyApi().getTelephonyCallsMetrics()
  await expect(asked).rejects.toMatchObject({
    status: 403,
    code: 'missing.any.permissions',
    messageParams: { permissions: 'telephony:callMetrics:view' },
  })
})
