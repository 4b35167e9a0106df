import { flowsAt } from '../../model/flows.ts'
import { presencesAt, usersOnlineAt } from '../../model/people.ts'
import { badRequest, ok } from '../reply.ts'
import { type Call, objectOf, type Route, textsOf } from '../route.ts'
import { predicatesOf } from './queueFilter.ts'

function agentCounts(call: Call) {
  const body = call.body === null ? {} : objectOf(call.body)
  const predicates = predicatesOf(body.userFilter)
  const unknown = predicates.find(({ dimension }) => dimension !== 'online')
  if (unknown)
    throw badRequest(`The simulator does not filter by ${unknown.dimension}`, 'invalid.property')
  const online = predicates[0]?.value
  const groupBy = call.url.searchParams.getAll('groupBy').flatMap((names) => names.split(','))
  const presences = presencesAt(call.world, call.sec).filter(
    ({ presence }) => online === undefined || (presence !== 'OFFLINE') === (online === 'true'),
  )
  const total = presences.reduce((sum, { count }) => sum + count, 0)
  const onQueue = presences.find(({ presence }) => presence === 'ON_QUEUE')?.count ?? 0
  const interacting = Math.min(onQueue, Math.round(usersOnlineAt(call.world, call.sec) * 0.19))
  return {
    ...(groupBy.includes('presence')
      ? {
          presenceCounts: presences.map(({ presence, count }) => ({
            systemPresence: presence,
            count,
          })),
        }
      : {}),
    ...(groupBy.includes('routingStatus')
      ? {
          routingStatusCounts: [
            { routingStatus: 'OFF_QUEUE', count: total - onQueue },
            { routingStatus: 'INTERACTING', count: interacting },
            { routingStatus: 'IDLE', count: onQueue - interacting },
          ],
        }
      : {}),
    ...(groupBy.includes('isOutOfOffice')
      ? { isOutOfOfficeCounts: [{ isOutOfOffice: false, count: total }] }
      : {}),
  }
}

function flowActivity(call: Call) {
  const body = objectOf(call.body)
  const groupBy = textsOf(body.groupBy, 'groupBy')
  if (groupBy.join() !== 'flowType')
    throw badRequest('The simulator groups flows by flowType alone', 'invalid.value')
  return {
    results: flowsAt(call.world, call.sec).map(({ type, count }) => ({
      group: { flowType: type },
      data: [{ metric: 'oFlow', count }],
    })),
  }
}

export const analyticsRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v2/analytics/agents/status/counts',
    permissions: ['analytics:agentState:view'],
    answer: (call) => ok(agentCounts(call)),
  },
  {
    method: 'POST',
    path: '/api/v2/analytics/flows/activity/query',
    permissions: ['analytics:flowObservation:view'],
    answer: (call) => ok(flowActivity(call)),
  },
]
