import type { Connection } from '../connection.ts'
import { type ActivityCounts, activityShape, countOf, totalOf } from './activityCounts.ts'
import { callSource, type Reading } from './callSource.ts'
import { genesysMetric, NO_KEY, seconds } from './genesysMetric.ts'

const EVERY = seconds(15)

/** The media with a series of their own; all media count in the totals. */
const MEDIA = [
  { type: 'voice', title: 'voice' },
  { type: 'message', title: 'message' },
  { type: 'chat', title: 'chat' },
  { type: 'email', title: 'e-mail' },
  { type: 'callback', title: 'callback' },
] as const

const STATES = [
  { id: 'interacting', metric: 'oInteracting', title: 'Interacting' },
  { id: 'waiting', metric: 'oWaiting', title: 'Waiting' },
] as const

const NOTE = 'conversations in queues'

const metrics = [
  ...STATES.map(({ id, title }) =>
    genesysMetric({ id: `acd.${id}`, title, group: 'queue', intervalMs: EVERY, note: NOTE }),
  ),
  genesysMetric({
    id: 'messaging.active',
    title: 'Messaging conversations',
    group: 'sessions',
    provenance: 'proxy',
    intervalMs: EVERY,
    note: 'alerting, waiting or interacting',
  }),
  ...MEDIA.flatMap((media) =>
    STATES.map(({ id, title }) =>
      genesysMetric({
        id: `acd.${id}.${media.type}`,
        title: `${title}, ${media.title}`,
        group: 'other',
        intervalMs: EVERY,
        note: NOTE,
      }),
    ),
  ),
]

/**
 * Conversations waiting and in progress per media, organisation-wide within the asker's divisions.
 * One request feeds all of them. Calls that never meet a queue are probably not in it (facts §3.2).
 */
export const conversationActivitySource = (connection: Connection) =>
  callSource(connection, {
    id: 'conversationActivity',
    title: 'Conversation activity',
    everyMs: EVERY,
    metrics,
    call: {
      method: 'POST',
      path: '/api/v2/analytics/conversations/activity/query',
      body: {
        metrics: ['oInteracting', 'oWaiting', 'oAlerting'].map((metric) => ({
          metric,
          details: false,
        })),
        groupBy: ['mediaType'],
      },
      permissions: ['analytics:queueObservation:view'],
    },
    shape: activityShape('mediaType'),
    readings: (counts) => [
      ...STATES.map(({ id, metric }) => reading(`acd.${id}`, totalOf(counts, metric))),
      reading('messaging.active', messagingActive(counts)),
      ...MEDIA.flatMap(({ type }) =>
        STATES.map(({ id, metric }) => reading(`acd.${id}.${type}`, countOf(counts, type, metric))),
      ),
    ],
  })

const messagingActive = (counts: ActivityCounts) =>
  ['message', 'chat']
    .flatMap((type) =>
      ['oInteracting', 'oWaiting', 'oAlerting'].map((metric) => countOf(counts, type, metric)),
    )
    .reduce((sum, count) => sum + count, 0)

const reading = (metric: string, value: number): Reading => ({
  metric,
  value,
  limit: { value: null, source: NO_KEY },
})
