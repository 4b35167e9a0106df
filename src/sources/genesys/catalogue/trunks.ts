import * as z from 'zod/mini'
import { NOTHING_OBSERVED, type Observation } from '#domain/observation.ts'
import { type EpochMs, MINUTE_MS, sourceId } from '#domain/units.ts'
import type { AskContext, PolledSource } from '../../polledSource.ts'
import { countShape } from '../../shape.ts'
import { askJson } from '../client.ts'
import type { Connection } from '../connection.ts'
import { observationOf } from './callSource.ts'
import { genesysMetric, seconds } from './genesysMetric.ts'

const EVERY = seconds(30)
const PERMISSIONS = ['telephony:plugin:all']
const TRUNKS_PATH = '/api/v2/telephony/providers/edges/trunks'

/** Trunks come and go rarely. */
const LIST_AGAIN_MS = 15 * MINUTE_MS

/** More would make the address of the request too long. */
const MOST_TRUNKS = 100

const listShape = z.object({ entities: z.array(z.object({ id: z.string(), name: z.string() })) })
type Trunk = z.infer<typeof listShape>['entities'][number]

const metricsShape = z.array(
  z.object({
    trunk: z.object({ id: z.string() }),
    calls: z.object({ inboundCallCount: countShape(), outboundCallCount: countShape() }),
  }),
)

/**
 * Calls on each external trunk, in and out; calls from station to station meet none of them (facts
 * §3.5). A trunk that the reply leaves out has no sample: it is not known to be at rest.
 */
export function trunksSource(connection: Connection): PolledSource {
  let listed: { trunks: readonly Trunk[]; at: EpochMs } | null = null

  async function externalTrunks(context: AskContext): Promise<readonly Trunk[]> {
    if (listed && context.now() - listed.at < LIST_AGAIN_MS) return listed.trunks
    const query = { trunkType: 'EXTERNAL', pageSize: String(MOST_TRUNKS) }
    const call = { method: 'GET', path: TRUNKS_PATH, query, permissions: PERMISSIONS } as const
    const { entities } = await askJson(context, connection, call, listShape)
    listed = { trunks: entities, at: context.now() }
    return entities
  }

  async function ask(context: AskContext): Promise<Observation> {
    const trunks = await externalTrunks(context)
    if (trunks.length === 0) return NOTHING_OBSERVED
    const query = { trunkIds: trunks.map(({ id }) => id).join(',') }
    const path = `${TRUNKS_PATH}/metrics`
    const call = { method: 'GET', path, query, permissions: PERMISSIONS } as const
    const replies = await askJson(context, connection, call, metricsShape)
    const known = new Set(trunks.map(({ id }) => id))
    const readings = replies
      .filter(({ trunk }) => known.has(trunk.id))
      .map(({ trunk, calls }) => ({
        metric: idOf(trunk.id),
        value: calls.inboundCallCount + calls.outboundCallCount,
        limit: { value: null, source: 'a trunk’s own maximum is not read' },
      }))
    return { ...observationOf(readings, context.now()), metrics: trunks.map(metricOf) }
  }

  return {
    id: sourceId('genesys.trunks'),
    title: 'Calls on trunks',
    everyMs: EVERY,
    metrics: [],
    permissions: PERMISSIONS,
    ask,
  }
}

const idOf = (trunk: string) => `trunk.calls:${trunk}`

const metricOf = ({ id, name }: Trunk) =>
  genesysMetric({
    id: idOf(id),
    title: `Calls on ${name}`,
    group: 'other',
    scope: 'trunk',
    intervalMs: EVERY,
  })
