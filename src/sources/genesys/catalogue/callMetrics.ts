import * as z from 'zod/mini'
import { countShape } from '../../shape.ts'
import type { Connection } from '../connection.ts'
import { callSource, type Reading } from './callSource.ts'
import { genesysMetric, seconds } from './genesysMetric.ts'

const EVERY = seconds(10)

const metrics = [
  genesysMetric({ id: 'calls.concurrent', title: 'Calls', group: 'sessions', intervalMs: EVERY }),
  genesysMetric({
    id: 'callSessions.concurrent',
    title: 'Call sessions',
    group: 'sessions',
    intervalMs: EVERY,
  }),
  genesysMetric({
    id: 'calls.usagePercent',
    title: 'Call capacity in use',
    unit: 'percent',
    group: 'other',
    intervalMs: EVERY,
  }),
]

const shape = z.object({
  concurrentCallCount: countShape(),
  maxCallCapacity: countShape(),
  concurrentCallSessionCount: countShape(),
  maxCallSessionCapacity: countShape(),
  usage: countShape(),
  autoScalingTriggerPercentage: countShape(),
})

/**
 * Calls and call sessions with their capacity in the same reply: the strongest pair of value and
 * limit there is. The capacity may move with auto-scaling, so it is read every time (facts §3.1).
 */
export const callMetricsSource = (connection: Connection) =>
  callSource(connection, {
    id: 'callMetrics',
    title: 'Call metrics',
    everyMs: EVERY,
    metrics,
    call: {
      method: 'GET',
      path: '/api/v2/telephony/calls/metrics',
      query: { metricType: 'cloud' },
      permissions: ['telephony:callMetrics:view'],
    },
    shape,
    readings: (reply) => [
      {
        metric: 'calls.concurrent',
        value: reply.concurrentCallCount,
        limit: capacity(reply.maxCallCapacity),
      },
      {
        metric: 'callSessions.concurrent',
        value: reply.concurrentCallSessionCount,
        limit: capacity(reply.maxCallSessionCapacity),
      },
      {
        metric: 'calls.usagePercent',
        value: reply.usage,
        // Where capacity grows is no wall: drawn as a limit it would cry wolf on every scaling.
        limit: {
          value: null,
          source: `no limit: capacity grows from ${reply.autoScalingTriggerPercentage} %`,
        },
      },
    ],
  })

/**
 * A capacity of 0 beside calls in progress is a reply that does not know, not a full organisation.
 */
const capacity = (value: number): Reading['limit'] =>
  value > 0
    ? { value, source: 'capacity, from the reply' }
    : { value: null, source: 'the reply gives no capacity' }
