import {
  QUEUE_MEDIA,
  QUEUE_STATES,
  type QueueChoice,
  queueMetricId,
  queueMetricTitle,
} from '#domain/metrics/queueChoice.ts'
import type { EpochMs } from '#domain/units.ts'
import type { Connection } from '../connection.ts'
import { type ActivityCounts, activityShape, countOf, totalOf } from './activityCounts.ts'
import { callSource, type Reading } from './callSource.ts'
import { genesysMetric, NO_KEY, seconds } from './genesysMetric.ts'
import { longestWaitingSec } from './longestWaiting.ts'

const EVERY = seconds(15)

const OBSERVED = { interacting: 'oInteracting', waiting: 'oWaiting' } as const

const NOTE = 'conversations in queues'

const mediaOf = (media: (typeof QUEUE_MEDIA)[number]): QueueChoice => ({
  kind: 'media',
  media: media.type,
})

const metrics = [
  ...QUEUE_STATES.map(({ id, title }) =>
    genesysMetric({
      id: queueMetricId(id, { kind: 'all' }),
      title,
      group: 'queue',
      intervalMs: EVERY,
      note: NOTE,
    }),
  ),
  // A unit of its own would be unknown to feeds, bundles and tabs of before.
  genesysMetric({
    id: 'acd.longestWaiting',
    title: 'Longest waiting, seconds',
    group: 'queue',
    intervalMs: EVERY,
    note: 'of all media',
  }),
  genesysMetric({
    id: 'messaging.active',
    title: 'Messaging conversations',
    group: 'sessions',
    provenance: 'proxy',
    intervalMs: EVERY,
    note: 'alerting, waiting or interacting',
  }),
  ...QUEUE_MEDIA.flatMap((media) => [
    ...QUEUE_STATES.map(({ id, title }) =>
      genesysMetric({
        id: queueMetricId(id, mediaOf(media)),
        title: queueMetricTitle(title, media.title),
        group: 'other',
        intervalMs: EVERY,
        note: NOTE,
      }),
    ),
    genesysMetric({
      id: `acd.longestWaiting.${media.type}`,
      title: `Longest waiting, ${media.title}, seconds`,
      group: 'queue',
      intervalMs: EVERY,
    }),
  ]),
]

/**
 * Conversations waiting and in progress per media, and how long the longest has waited,
 * organisation-wide within the asker's divisions. One request feeds all of them. Calls that never
 * meet a queue are probably not in it (facts §3.2).
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
        metrics: ['oInteracting', 'oWaiting', 'oAlerting', 'oLongestWaiting'].map((metric) => ({
          metric,
          details: false,
        })),
        groupBy: ['mediaType'],
      },
      permissions: ['analytics:queueObservation:view'],
    },
    shape: activityShape('mediaType'),
    readings: (counts, now) => [
      ...QUEUE_STATES.map(({ id }) =>
        reading(queueMetricId(id, { kind: 'all' }), totalOf(counts, OBSERVED[id])),
      ),
      ...waited('acd.longestWaiting', longestWaitingSec(counts, counts.keys(), now)),
      reading('messaging.active', messagingActive(counts)),
      ...QUEUE_MEDIA.flatMap((media) => mediaReadings(counts, media, now)),
    ],
  })

const mediaReadings = (
  counts: ActivityCounts,
  media: (typeof QUEUE_MEDIA)[number],
  now: EpochMs,
): Reading[] => [
  ...QUEUE_STATES.map(({ id }) =>
    reading(queueMetricId(id, mediaOf(media)), countOf(counts, media.type, OBSERVED[id])),
  ),
  ...waited(`acd.longestWaiting.${media.type}`, longestWaitingSec(counts, [media.type], now)),
]

const messagingActive = (counts: ActivityCounts) =>
  ['message', 'chat']
    .flatMap((type) =>
      ['oInteracting', 'oWaiting', 'oAlerting'].map((metric) => countOf(counts, type, metric)),
    )
    .reduce((sum, count) => sum + count, 0)

/** A wait that is not told is no wait of 0. */
const waited = (metric: string, sec: number | null): Reading[] =>
  sec === null ? [] : [reading(metric, sec)]

const reading = (metric: string, value: number): Reading => ({
  metric,
  value,
  limit: { value: null, source: NO_KEY },
})
