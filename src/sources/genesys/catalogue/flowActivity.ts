import type { Connection } from '../connection.ts'
import { activityShape, countOf } from './activityCounts.ts'
import { callSource } from './callSource.ts'
import { genesysMetric, NO_KEY, seconds } from './genesysMetric.ts'

const EVERY = seconds(30)

const FLOW_TYPES = [
  { type: 'INBOUNDCALL', title: 'inbound call' },
  { type: 'INBOUNDSHORTMESSAGE', title: 'inbound message' },
  { type: 'BOT', title: 'bot' },
  { type: 'DIGITALBOT', title: 'digital bot' },
  { type: 'WORKFLOW', title: 'workflow' },
] as const

const idOf = (type: string) => `flows.active.${type.toLowerCase()}`

/** Flows running now, per type (facts §3.4). */
export const flowActivitySource = (connection: Connection) =>
  callSource(connection, {
    id: 'flowActivity',
    title: 'Flow activity',
    everyMs: EVERY,
    metrics: FLOW_TYPES.map(({ type, title }) =>
      genesysMetric({
        id: idOf(type),
        title: `Flows running, ${title}`,
        group: 'other',
        intervalMs: EVERY,
      }),
    ),
    call: {
      method: 'POST',
      path: '/api/v2/analytics/flows/activity/query',
      body: { metrics: [{ metric: 'oFlow', details: false }], groupBy: ['flowType'] },
      permissions: ['analytics:flowObservation:view'],
    },
    shape: activityShape('flowType'),
    readings: (counts) =>
      FLOW_TYPES.map(({ type }) => ({
        metric: idOf(type),
        // Requests spell types in capitals, replies of other analytics calls in small letters.
        value: countOf(counts, type, 'oFlow') + countOf(counts, type.toLowerCase(), 'oFlow'),
        limit: { value: null, source: NO_KEY },
      })),
  })
