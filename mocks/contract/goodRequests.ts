import { queuesOf } from '../model/queues.ts'
import type { steeredTenant } from '../steeredTenant.ts'

const hourBefore = (ms: number) =>
  `${new Date(ms - 3_600_000).toISOString()}/${new Date(ms).toISOString()}`

/**
 * For tests: good requests for each operation, by method and path; what they need to exist is made on
 * the way. The tenant must be signed in.
 */
export async function goodRequests(steered: ReturnType<typeof steeredTenant>) {
  const { tenant, startMs } = steered
  const channel = await steered.json<{ id: string }>('/api/v2/notifications/channels', {
    method: 'POST',
  })
  const trunks = await steered.json<{ entities: { id: string }[] }>(
    '/api/v2/telephony/providers/edges/trunks?trunkType=EXTERNAL',
  )
  const usageJobs = '/api/v2/usage/aggregates/query/jobs'
  const usageQuery = {
    interval: `${new Date(startMs - 30 * 86_400_000).toISOString()}/${new Date(startMs).toISOString()}`,
    granularity: 'Day',
    metrics: ['Requests', 'Status429', 'Status500'],
    groupBy: ['HttpMethod', 'TemplateUri'],
  }
  const job = await steered.post<{ id: string }>(usageJobs, usageQuery)
  // Until it is done.
  steered.wait(5_000)
  const subscriptions = `/api/v2/notifications/channels/${channel.id}/subscriptions`
  const edges = '/api/v2/telephony/providers/edges'
  const topics = [{ id: 'v2.users.x.presence' }]
  const observed = [
    'oInteracting',
    'oWaiting',
    'oAlerting',
    'oLongestWaiting',
    'oLongestInteracting',
  ].map((metric) => ({ metric }))
  const interval = hourBefore(startMs)
  const queueFilter = {
    type: 'or',
    predicates: queuesOf(tenant.world).map(({ id }) => ({ dimension: 'queueId', value: id })),
  }
  const requests: Record<string, { paths: string[]; body?: unknown }> = {
    'GET /api/v2/organizations/me': { paths: ['/api/v2/organizations/me'] },
    'GET /api/v2/users/me': { paths: ['/api/v2/users/me'] },
    'GET /api/v2/tokens/me': { paths: ['/api/v2/tokens/me'] },
    'HEAD /api/v2/tokens/me': { paths: ['/api/v2/tokens/me'] },
    'DELETE /api/v2/tokens/me': { paths: ['/api/v2/tokens/me'] },
    'GET /api/v2/tokens/timeout': { paths: ['/api/v2/tokens/timeout'] },
    'GET /api/v2/telephony/calls/metrics': {
      paths: ['', '?metricType=cloud', '?metricType=premises'].map(
        (query) => `/api/v2/telephony/calls/metrics${query}`,
      ),
    },
    [`GET ${edges}/trunks`]: { paths: [`${edges}/trunks?trunkType=EXTERNAL&pageSize=100`] },
    [`GET ${edges}/trunks/metrics`]: {
      paths: [`${edges}/trunks/metrics?trunkIds=${trunks.entities.map(({ id }) => id).join()}`],
    },
    [`GET ${edges}/trunkbasesettings`]: {
      paths: [
        `${edges}/trunkbasesettings?expand=properties&pageSize=100`,
        `${edges}/trunkbasesettings`,
      ],
    },
    [`GET ${edges}/phones`]: {
      paths: [`${edges}/phones?status.operationalStatus=OPERATIONAL&pageSize=1`, `${edges}/phones`],
    },
    'GET /api/v2/stations': { paths: ['/api/v2/stations?pageSize=100&pageNumber=8'] },
    'GET /api/v2/notifications/availabletopics': {
      paths: [
        '/api/v2/notifications/availabletopics',
        '/api/v2/notifications/availabletopics?expand=transports&expand=description&expand=requiresPermissions&expand=visibility',
      ],
    },
    'GET /api/v2/notifications/channels': {
      paths: ['token', 'oauthclient'].map(
        (which) => `/api/v2/notifications/channels?includechannels=${which}`,
      ),
    },
    'POST /api/v2/notifications/channels': { paths: ['/api/v2/notifications/channels'] },
    'HEAD /api/v2/notifications/channels/{channelId}': {
      paths: [`/api/v2/notifications/channels/${channel.id}`],
    },
    'GET /api/v2/notifications/channels/{channelId}/subscriptions': { paths: [subscriptions] },
    'POST /api/v2/notifications/channels/{channelId}/subscriptions': {
      paths: [subscriptions],
      body: topics,
    },
    'PUT /api/v2/notifications/channels/{channelId}/subscriptions': {
      paths: [subscriptions],
      body: topics,
    },
    'DELETE /api/v2/notifications/channels/{channelId}/subscriptions': { paths: [subscriptions] },
    'POST /api/v2/analytics/conversations/activity/query': {
      paths: ['/api/v2/analytics/conversations/activity/query'],
      body: { metrics: observed, groupBy: ['mediaType'] },
    },
    'POST /api/v2/analytics/queues/observations/query': {
      paths: ['/api/v2/analytics/queues/observations/query'],
      body: { filter: queueFilter, metrics: ['oInteracting', 'oWaiting', 'oOnQueueUsers'] },
    },
    'POST /api/v2/analytics/conversations/aggregates/query': {
      paths: ['/api/v2/analytics/conversations/aggregates/query'],
      body: {
        interval,
        granularity: 'PT5M',
        groupBy: ['mediaType', 'queueId'],
        filter: queueFilter,
        metrics: ['nOffered', 'tAnswered', 'tAbandon', 'tWait', 'nOverSla', 'oServiceLevel'],
      },
    },
    'GET /api/v2/routing/queues': { paths: ['/api/v2/routing/queues?pageSize=3&pageNumber=2'] },
    'POST /api/v2/analytics/agents/status/counts': {
      paths: [
        '/api/v2/analytics/agents/status/counts?groupBy=presence,routingStatus,isOutOfOffice',
      ],
      body: {
        userFilter: { type: 'and', predicates: [{ dimension: 'online', value: 'true' }] },
      },
    },
    'POST /api/v2/analytics/flows/activity/query': {
      paths: ['/api/v2/analytics/flows/activity/query'],
      body: { metrics: [{ metric: 'oFlow' }], groupBy: ['flowType'] },
    },
    'POST /api/v2/analytics/ratelimits/aggregates/query': {
      paths: ['/api/v2/analytics/ratelimits/aggregates/query'],
      body: {
        interval,
        granularity: 'PT1M',
        groupBy: ['namespace', 'limitName', 'max'],
        metrics: ['oRateLimitRecorded'],
      },
    },
    'GET /api/v2/usage/events/definitions': { paths: ['/api/v2/usage/events/definitions'] },
    'GET /api/v2/usage/events/definitions/{eventDefinitionId}': {
      paths: ['/api/v2/usage/events/definitions/simulated-rate-limit-reached'],
    },
    'POST /api/v2/usage/events/query': {
      paths: ['/api/v2/usage/events/query?pageSize=200'],
      body: { interval },
    },
    [`POST ${usageJobs}`]: { paths: [usageJobs], body: usageQuery },
    [`GET ${usageJobs}/{jobId}`]: { paths: [`${usageJobs}/${job.id}?pageSize=50`] },
    'GET /api/v2/recordings/screensessions/details': {
      paths: ['/api/v2/recordings/screensessions/details'],
    },
    'GET /api/v2/screenmonitors/sessions/details': {
      paths: ['/api/v2/screenmonitors/sessions/details'],
    },
    'GET /api/v2/organizations/limits/namespaces': {
      paths: ['/api/v2/organizations/limits/namespaces?pageSize=100'],
    },
    'GET /api/v2/organizations/limits/namespaces/{namespaceName}': {
      paths: ['notifications', 'platform.api', 'telephony.configuration', 'supportability'].map(
        (name) => `/api/v2/organizations/limits/namespaces/${name}`,
      ),
    },
    'GET /api/v2/organizations/limits/namespaces/{namespaceName}/defaults': {
      paths: ['/api/v2/organizations/limits/namespaces/dataactions/defaults'],
    },
    'GET /api/v2/organizations/limits/docs': { paths: ['/api/v2/organizations/limits/docs'] },
    'GET /api/v2/organizations/limits/changerequests': {
      paths: ['?expand=statusHistory', '?pageSize=2&status=ChangeImplemented', ''].map(
        (query) => `/api/v2/organizations/limits/changerequests${query}`,
      ),
    },
    'GET /api/v2/organizations/limits/changerequests/{requestId}': { paths: [] },
  }
  const changes = await steered.json<{ entities: { id: string }[] }>(
    '/api/v2/organizations/limits/changerequests',
  )
  requests['GET /api/v2/organizations/limits/changerequests/{requestId}']!.paths =
    changes.entities.map(({ id }) => `/api/v2/organizations/limits/changerequests/${id}`)
  return requests
}
