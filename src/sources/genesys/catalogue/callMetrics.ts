import * as z from 'zod/mini'
import type { MetricGroup } from '#domain/metrics/metric.ts'
import type { DurationMs } from '#domain/units.ts'
import { countShape } from '../../shape.ts'
import type { Connection } from '../connection.ts'
import { callSource, type Reading } from './callSource.ts'
import { genesysMetric, seconds } from './genesysMetric.ts'

const shape = z.object({
  concurrentCallCount: countShape(),
  maxCallCapacity: countShape(),
  concurrentCallSessionCount: countShape(),
  maxCallSessionCapacity: countShape(),
  usage: countShape(),
  autoScalingTriggerPercentage: countShape(),
})
type CallMetrics = z.infer<typeof shape>

/**
 * Calls and call sessions with their capacity in the same reply: the strongest pair of value and
 * limit there is. The capacity may move with auto-scaling, so it is read every time (facts §3.1).
 */
export const callMetricsSource = (connection: Connection) =>
  partSource(connection, {
    id: 'callMetrics',
    title: 'Call metrics',
    type: 'cloud',
    everyMs: seconds(15),
    group: 'sessions',
    calls: { id: 'calls.concurrent', title: 'Calls' },
    sessions: { id: 'callSessions.concurrent', title: 'Call sessions' },
    usage: { id: 'calls.usagePercent', title: 'Call capacity in use' },
    absence: () => null,
  })

/**
 * The same of the telephony on the customer's own Edges. Whether an organisation without any answers
 * 404 or noughts is not known (facts §3.1): noughts throughout are taken for "none", since 0 of 0
 * would be a number that means nothing.
 */
export const premisesCallsSource = (connection: Connection) =>
  partSource(connection, {
    id: 'premisesCalls',
    title: 'Call metrics of premises',
    type: 'premises',
    everyMs: seconds(30),
    group: 'other',
    calls: { id: 'calls.premises.concurrent', title: 'Premises calls' },
    sessions: { id: 'calls.premises.sessions', title: 'Premises call sessions' },
    usage: { id: 'calls.premises.usagePercent', title: 'Premises call capacity in use' },
    absence: (reply) =>
      isAllNought(reply)
        ? 'This organisation has no premises telephony: its capacity is 0 and nothing is in use.'
        : null,
  })

const isAllNought = (reply: CallMetrics) =>
  reply.maxCallCapacity === 0 &&
  reply.maxCallSessionCapacity === 0 &&
  reply.concurrentCallCount === 0 &&
  reply.concurrentCallSessionCount === 0

type Named = { id: string; title: string }
type Part = {
  id: string
  title: string
  type: 'cloud' | 'premises'
  everyMs: DurationMs
  /** Of calls and call sessions. */
  group: MetricGroup
  calls: Named
  sessions: Named
  usage: Named
  absence: (reply: CallMetrics) => string | null
}

function partSource(connection: Connection, part: Part) {
  const { id, title, type, everyMs, group, calls, sessions, usage, absence } = part
  return callSource(connection, {
    id,
    title,
    everyMs,
    absence,
    metrics: [
      genesysMetric({ ...calls, group, intervalMs: everyMs }),
      genesysMetric({ ...sessions, group, intervalMs: everyMs }),
      genesysMetric({ ...usage, unit: 'percent', group: 'other', intervalMs: everyMs }),
    ],
    call: {
      method: 'GET',
      path: '/api/v2/telephony/calls/metrics',
      query: { metricType: type },
      permissions: ['telephony:callMetrics:view'],
    },
    shape,
    readings: (reply) => [
      {
        metric: calls.id,
        value: reply.concurrentCallCount,
        limit: capacity(reply.maxCallCapacity),
      },
      {
        metric: sessions.id,
        value: reply.concurrentCallSessionCount,
        limit: capacity(reply.maxCallSessionCapacity),
      },
      {
        metric: usage.id,
        value: reply.usage,
        // Where capacity grows is no wall: drawn as a limit it would cry wolf on every scaling.
        limit: {
          value: null,
          source: `no limit: capacity grows from ${reply.autoScalingTriggerPercentage} %`,
        },
      },
    ],
  })
}

/**
 * A capacity of 0 beside calls in progress is a reply that does not know, not a full organisation.
 */
const capacity = (value: number): Reading['limit'] =>
  value > 0
    ? { value, source: 'told with the value' }
    : { value: null, source: 'the reply gives no capacity' }
