import {
  type CallState,
  callsAt,
  premisesCallsAt,
  SCALING_TRIGGER_PERCENT,
} from '../../model/calls.ts'
import { identifier, STREAM } from '../../model/noise.ts'
import { phonesUpAt, stationsTakenAt, USERS } from '../../model/people.ts'
import { badRequest, ok } from '../reply.ts'
import { type Call, pageOf, refuseOtherFilters, type Route } from '../route.ts'

const EDGES = '/api/v2/telephony/providers/edges'
const TELEPHONY = ['telephony:plugin:all']

const loadOf = (percent: number) => (percent >= 85 ? 'High' : percent >= 60 ? 'Medium' : 'Low')

function metricsOf({ calls, sessions, maxCalls, maxSessions, scaling }: CallState) {
  const usage = maxSessions === 0 ? 0 : Math.round((10_000 * sessions) / maxSessions) / 100
  return {
    usage,
    autoScalingTriggerPercentage: SCALING_TRIGGER_PERCENT,
    cpuIntensity: loadOf(usage),
    memoryIntensity: loadOf(usage - 15),
    concurrentCallCount: calls,
    concurrentCallSessionCount: sessions,
    maxCallCapacity: maxCalls,
    maxCallSessionCapacity: maxSessions,
    autoScaleInProgress: scaling,
  }
}

function callMetrics({ url, world, sec }: Call) {
  const type = url.searchParams.get('metricType') ?? 'cloud'
  if (type === 'cloud') return metricsOf(callsAt(world, sec))
  if (type === 'premises') return metricsOf(premisesCallsAt(world, sec))
  throw badRequest('metricType must be cloud or premises', 'invalid.value')
}

const PHONE_STATUS = 'status.operationalStatus'
function phones({ url, world, sec }: Call) {
  refuseOtherFilters(url, [PHONE_STATUS])
  const up = phonesUpAt(world, sec)
  const wanted = url.searchParams.get(PHONE_STATUS)
  const counts: Record<string, { from: number; count: number }> = {
    OPERATIONAL: { from: 0, count: up },
    OFFLINE: { from: up, count: USERS - up },
    DEGRADED: { from: 0, count: 0 },
    UNKNOWN: { from: 0, count: 0 },
  }
  const part = wanted === null ? { from: 0, count: USERS } : counts[wanted]
  if (!part) throw badRequest(`${PHONE_STATUS} has no value ${wanted}`, 'invalid.value')
  return pageOf(url, part.count, (i) => {
    const index = part.from + i
    const name = `WebRTC ${String(index + 1).padStart(3, '0')}`
    return {
      id: identifier(world.seed, index, STREAM.entity),
      name,
      state: 'active',
      site: { id: identifier(world.seed, 1, STREAM.organisation), name: 'Home' },
      phoneBaseSettings: { id: identifier(world.seed, 2, STREAM.organisation), name: 'WebRTC' },
      lines: [{ id: identifier(world.seed + 1, index, STREAM.entity), name }],
      status: { operationalStatus: index < up ? 'OPERATIONAL' : 'OFFLINE' },
    }
  })
}

function stations({ url, world, sec }: Call) {
  refuseOtherFilters(url, [])
  const taken = stationsTakenAt(world, sec)
  return pageOf(url, USERS, (index) => ({
    id: identifier(world.seed + 2, index, STREAM.entity),
    name: `Station ${String(index + 1).padStart(3, '0')}`,
    status: index < taken ? 'ASSOCIATED' : 'AVAILABLE',
    type: 'inin_webrtc_softphone',
    webRtcPersistentEnabled: true,
  }))
}

export const telephonyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/telephony/calls/metrics',
    permissions: ['telephony:callMetrics:view'],
    answer: (call) => ok(callMetrics(call)),
  },
  {
    method: 'GET',
    path: `${EDGES}/phones`,
    permissions: TELEPHONY,
    answer: (call) => ok(phones(call)),
  },
  { method: 'GET', path: '/api/v2/stations', answer: (call) => ok(stations(call)) },
]
