import { trunkCallsAt } from '../../model/calls.ts'
import { identifier, STREAM } from '../../model/noise.ts'
import { TRUNKS, trunkBaseId, trunkId } from '../../model/trunks.ts'
import { instantOf } from '../../model/world.ts'
import { badRequest, ok } from '../reply.ts'
import { type Call, pageOf, refuseOtherFilters, type Route } from '../route.ts'

const EDGES = '/api/v2/telephony/providers/edges'
const TELEPHONY = ['telephony:plugin:all']

function trunkMetrics({ url, world, sec }: Call) {
  const ids = url.searchParams.get('trunkIds')
  if (!ids) throw badRequest('trunkIds is missing')
  return ids.split(',').flatMap((id) => {
    const index = TRUNKS.findIndex((_, each) => trunkId(world, each) === id)
    if (index < 0) return []
    const { inbound, outbound } = trunkCallsAt(world, sec, index, TRUNKS.length)
    return [
      {
        eventTime: new Date(instantOf(world, sec)).toISOString(),
        logicalInterface: { id: identifier(world.seed, 100 + index, STREAM.trunks) },
        trunk: { id, name: TRUNKS[index]!.name },
        calls: { inboundCallCount: inbound, outboundCallCount: outbound },
        qos: { mismatchCount: 0 },
      },
    ]
  })
}

function trunks({ url, world }: Call) {
  const type = url.searchParams.get('trunkType')
  const count = type === null || type === 'EXTERNAL' ? TRUNKS.length : 0
  return pageOf(url, count, (index) => ({
    id: trunkId(world, index),
    name: TRUNKS[index]!.name,
    state: 'active',
    trunkType: 'EXTERNAL',
    trunkBase: { id: trunkBaseId(world, index), name: TRUNKS[index]!.name },
    inService: true,
    enabled: true,
  }))
}

/**
 * The settings of a trunk. Where the real platform keeps the most calls at a time among the
 * `properties` is not known (facts §3.5): this name says that it is made up.
 */
const propertiesOf = (maxCalls: number) => ({
  simulated_concurrent_calls_max: { value: { instance: maxCalls } },
})

function trunkBases({ url, world }: Call) {
  refuseOtherFilters(url, ['ignoreHidden', 'managed'])
  const expand = url.searchParams.getAll('expand').flatMap((names) => names.split(','))
  return pageOf(url, TRUNKS.length, (index) => {
    const { name, maxCalls } = TRUNKS[index]!
    const id = trunkBaseId(world, index)
    return {
      id,
      name,
      state: 'active',
      trunkType: 'EXTERNAL',
      trunkMetabase: { id: 'simulated_external_trunk', name: 'External trunk' },
      ...(expand.includes('properties') ? { properties: propertiesOf(maxCalls) } : {}),
      selfUri: `${EDGES}/trunkbasesettings/${id}`,
    }
  })
}

export const trunkRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${EDGES}/trunks/metrics`,
    permissions: TELEPHONY,
    answer: (call) => ok(trunkMetrics(call)),
  },
  {
    method: 'GET',
    path: `${EDGES}/trunks`,
    permissions: TELEPHONY,
    answer: (call) => ok(trunks(call)),
  },
  {
    method: 'GET',
    path: `${EDGES}/trunkbasesettings`,
    permissions: TELEPHONY,
    answer: (call) => ok(trunkBases(call)),
  },
]
