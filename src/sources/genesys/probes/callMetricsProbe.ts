import * as z from 'zod/mini'
import { formatCount, THIN_SPACE } from '#domain/format.ts'
import { countShape } from '../../shape.ts'
import type { Call } from '../client.ts'
import { askShaped } from './askShaped.ts'
import type { Probe, ProbeTools } from './probe.ts'
import { type Attempt, attempt, countOf } from './probeWords.ts'

/** All nine fields are required in the specification (facts §3.1). */
const shape = z.object({
  usage: countShape(),
  autoScalingTriggerPercentage: countShape(),
  cpuIntensity: z.string(),
  memoryIntensity: z.string(),
  concurrentCallCount: countShape(),
  concurrentCallSessionCount: countShape(),
  maxCallCapacity: countShape(),
  maxCallSessionCapacity: countShape(),
  autoScaleInProgress: z.string(),
})
type CallMetrics = z.infer<typeof shape>

const APART_SEC = 10

/** P3: whether calls and their capacity can be read, in the cloud and on premises, and how fresh. */
export const callMetricsProbe: Probe = {
  id: 'P3',
  title: 'Call metrics',
  decides: 'whether calls and their capacity can be read, and how often they are renewed',
  calls: ['GET /api/v2/telephony/calls/metrics'],
  permissions: ['telephony:callMetrics:view'],
  read: async (tools) => {
    const cloud = await attempt(askPart(tools, 'cloud'))
    const premises = await attempt(askPart(tools, 'premises'))
    if (!cloud.ok && !premises.ok) throw cloud.error
    await tools.wait(APART_SEC * 1000)
    return [
      `Two readings of each, ${APART_SEC} s apart, are compared field by field.`,
      await partWords('Cloud', cloud, () => askPart(tools, 'cloud')),
      await partWords('Premises', premises, () => askPart(tools, 'premises')),
    ]
  },
}

const askPart = (tools: ProbeTools, metricType: string) =>
  askShaped(tools, callOf(metricType), shape)

const callOf = (metricType: string): Call => ({
  method: 'GET',
  path: '/api/v2/telephony/calls/metrics',
  query: { metricType },
  permissions: callMetricsProbe.permissions,
})

async function partWords(
  name: string,
  first: Attempt<CallMetrics>,
  again: () => Promise<CallMetrics>,
): Promise<string> {
  if (!first.ok) return `${name}: ${first.error.message}`
  if (first.value.maxCallCapacity === 0 && first.value.concurrentCallCount === 0)
    return `${name}: capacity 0 and no call: the organisation has none of it.`
  const second = await attempt(again())
  return `${name}: ${levelWords(first.value)} ${second.ok ? freshWords(first.value, second.value) : `The second reading failed: ${second.error.message}`}`
}

const levelWords = (part: CallMetrics) =>
  `${formatCount(part.concurrentCallCount)} of ${formatCount(part.maxCallCapacity)} calls, ` +
  `${formatCount(part.concurrentCallSessionCount)} of ${formatCount(part.maxCallSessionCapacity)} call sessions, ` +
  `${part.usage}${THIN_SPACE}% in use, scaling ${part.autoScaleInProgress} (from ${part.autoScalingTriggerPercentage}${THIN_SPACE}%).`

/** Two readings can prove that a value is renewed; that it is not, they cannot. */
function freshWords(first: CallMetrics, second: CallMetrics): string {
  const fields = Object.keys(first) as (keyof CallMetrics)[]
  const changed = fields.filter((field) => first[field] !== second[field])
  return changed.length === 0
    ? `Nothing differed: it is renewed less often than every ${APART_SEC} s, or nothing happened.`
    : `${countOf(changed.length, 'field')} differed (${changed.join(', ')}): it is renewed within ${APART_SEC} s.`
}
