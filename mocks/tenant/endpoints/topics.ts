import { ok } from '../reply.ts'
import type { Call, Route } from '../route.ts'

type Topic = {
  id: string
  description: string
  permissions: readonly string[]
  transports: readonly ('All' | 'Websocket' | 'EventBridge' | 'ProcessAutomation')[]
}

const topic = (
  id: string,
  description: string,
  permissions: Topic['permissions'] = [],
  transports: Topic['transports'] = ['All'],
): Topic => ({ id, description, permissions, transports })

/** A few of the platform's topics by their real names (facts §6). Their transports are made up. */
const TOPICS: readonly Topic[] = [
  topic('v2.analytics.queues.{id}.observations', 'Observations of a queue', [
    'analytics:queueObservation:view',
  ]),
  topic('v2.analytics.queues.{id}.activity', 'Activity of a queue', [
    'analytics:queueObservation:view',
  ]),
  topic('v2.analytics.flow.{id}.metrics', 'Live metrics of a flow', [
    'analytics:flowObservation:view',
  ]),
  topic('v2.telephony.providers.edges.trunks.{id}.metrics', 'Calls of a trunk', [
    'telephony:plugin:all',
  ]),
  topic('v2.operations.events.{id}', 'Operational events', ['usage:events:view']),
  topic('v2.users.{id}.presence', 'Presence of a user'),
  topic('v2.users.{id}.station', 'Station of a user'),
  topic('v2.users.{id}.tokens', 'Tokens given to a user'),
  topic('v2.detail.events.conversation.{id}.user.start', 'A user joins', [], ['EventBridge']),
  topic('v2.system.socket_closing', 'The socket will be closed', [], ['Websocket']),
]

/** Members beside the id are told where they are asked for. */
function availableTopics({ url }: Call) {
  const expand = url.searchParams.getAll('expand').flatMap((names) => names.split(','))
  const entities = TOPICS.map(({ id, description, permissions, transports }) => ({
    id,
    ...(expand.includes('description') ? { description } : {}),
    ...(expand.includes('requiresPermissions') ? { requiresPermissions: permissions } : {}),
    ...(expand.includes('transports') ? { transports } : {}),
    ...(expand.includes('visibility') ? { visibility: 'Public' } : {}),
  }))
  return { entities }
}

export const topicRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/notifications/availabletopics',
    answer: (call) => ok(availableTopics(call)),
  },
]
