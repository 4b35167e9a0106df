import { QUEUE_STATES, queueMetricId, queueMetricTitle } from '#domain/metrics/queueChoice.ts'
import type { Connection } from '../connection.ts'
import { activityShape, countOf } from './activityCounts.ts'
import { callSource } from './callSource.ts'
import { genesysMetric, NO_KEY, seconds } from './genesysMetric.ts'

const EVERY = seconds(15)

const OBSERVED = { interacting: 'oInteracting', waiting: 'oWaiting' } as const

/** A queue of the organisation. */
export type QueueName = { id: string; name: string }

/**
 * Conversations of the queues that were chosen in the settings, all media of a queue together: one
 * request for all of them. A queue that a good reply leaves out is at rest (facts §3.2); one that is
 * gone, or that the asker may not see, cannot be told from it.
 */
export const chosenQueuesSource = (connection: Connection, queues: readonly QueueName[]) =>
  callSource(connection, {
    id: 'chosenQueues',
    title: 'Chosen queues',
    everyMs: EVERY,
    metrics: queues.flatMap(({ id: queue, name }) =>
      QUEUE_STATES.map(({ id, title }) =>
        genesysMetric({
          id: queueMetricId(id, { kind: 'queue', id: queue }),
          title: queueMetricTitle(title, name),
          group: 'queue',
          intervalMs: EVERY,
          note: 'conversations of one queue',
        }),
      ),
    ),
    call: {
      method: 'POST',
      path: '/api/v2/analytics/conversations/activity/query',
      body: {
        metrics: Object.values(OBSERVED).map((metric) => ({ metric, details: false })),
        groupBy: ['queueId'],
        filter: {
          type: 'or',
          predicates: queues.map(({ id }) => ({
            type: 'dimension',
            dimension: 'queueId',
            operator: 'matches',
            value: id,
          })),
        },
      },
      permissions: ['analytics:queueObservation:view'],
    },
    shape: activityShape('queueId'),
    readings: (counts) =>
      queues.flatMap(({ id: queue }) =>
        QUEUE_STATES.map(({ id }) => ({
          metric: queueMetricId(id, { kind: 'queue', id: queue }),
          value: countOf(counts, queue, OBSERVED[id]),
          limit: { value: null, source: NO_KEY },
        })),
      ),
  })
