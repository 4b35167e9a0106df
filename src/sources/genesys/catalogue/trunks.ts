import * as z from 'zod/mini'
import { type EpochMs, MINUTE_MS, sourceId } from '#domain/units.ts'
import type { AskContext, PolledSource } from '../../polledSource.ts'
import { countShape } from '../../shape.ts'
import { askJson } from '../client.ts'
import type { Connection } from '../connection.ts'
import { failGenesys } from '../genesysError.ts'
import { absentHere, observationOf } from './callSource.ts'
import { genesysMetric, seconds } from './genesysMetric.ts'

const EVERY = seconds(30)
const PERMISSIONS = ['telephony:plugin:all']
const LIST = {
  method: 'GET',
  path: '/api/v2/telephony/providers/edges/trunks',
  permissions: PERMISSIONS,
} as const
const METRICS = { ...LIST, path: `${LIST.path}/metrics` } as const

/** Trunks come and go rarely. */
const LIST_AGAIN_MS = 15 * MINUTE_MS

/** Of a page of the list, and of the ids in one request: more would make its address too long. */
const TRUNKS_AT_ONCE = 100

/** The documented maximum is 500 trunks (facts §1.5). */
const MOST_PAGES = 5

const listShape = z.object({
  entities: z.array(z.object({ id: z.string() })),
  total: countShape(),
})
const metricsShape = z.array(
  z.object({
    trunk: z.object({ id: z.string() }),
    calls: z.object({ inboundCallCount: countShape(), outboundCallCount: countShape() }),
  }),
)

const metric = genesysMetric({
  id: 'trunk.calls',
  title: 'Calls on external trunks',
  group: 'other',
  scope: 'trunk',
  intervalMs: EVERY,
})

/** A trunk's own maximum stands in its base settings; where in them is not documented (facts §3.5). */
const LIMIT = { value: null, source: 'a maximum is set per trunk, and is not read' }

/**
 * Calls on all external trunks, in and out; calls from station to station meet none of them (facts
 * §3.5). Trunks that a reply leaves out are not known to be at rest: the note says how many answered,
 * and where none did nothing is claimed.
 */
export function trunksSource(connection: Connection): PolledSource {
  let listed: { ids: readonly string[]; at: EpochMs } | null = null

  async function externalTrunks(context: AskContext): Promise<readonly string[]> {
    if (listed && context.now() - listed.at < LIST_AGAIN_MS) return listed.ids
    listed = { ids: await listTrunks(context, connection), at: context.now() }
    return listed.ids
  }

  return {
    id: sourceId('genesys.trunks'),
    title: 'Calls on trunks',
    everyMs: EVERY,
    metrics: [metric],
    permissions: PERMISSIONS,
    ask: async (context) => {
      const ids = await externalTrunks(context)
      if (ids.length === 0) throw absentHere(LIST, 'This organisation has no external trunk.')
      const calls = await callsByTrunk(context, connection, ids)
      if (calls.size === 0)
        throw failGenesys(
          'unexpectedShape',
          `GET ${METRICS.path} answered for none of ${ids.length} trunks.`,
          { route: `GET ${METRICS.path}`, status: 200 },
        )
      const value = [...calls.values()].reduce((sum, count) => sum + count, 0)
      const answered = calls.size < ids.length ? `${calls.size} of ${ids.length}` : ids.length
      return {
        ...observationOf([{ metric: metric.id, value, limit: LIMIT }], context.now()),
        metrics: [{ ...metric, note: `${answered} trunks` }],
      }
    },
  }
}

async function listTrunks(context: AskContext, connection: Connection): Promise<string[]> {
  const ids: string[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const query = {
      trunkType: 'EXTERNAL',
      pageSize: String(TRUNKS_AT_ONCE),
      pageNumber: String(page),
    }
    const { entities, total } = await askJson(context, connection, { ...LIST, query }, listShape)
    ids.push(...entities.map(({ id }) => id))
    if (entities.length === 0 || ids.length >= total) break
  }
  return [...new Set(ids)]
}

async function callsByTrunk(
  context: AskContext,
  connection: Connection,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const byTrunk = new Map<string, number>()
  for (let from = 0; from < ids.length; from += TRUNKS_AT_ONCE) {
    const asked = ids.slice(from, from + TRUNKS_AT_ONCE)
    const call = { ...METRICS, query: { trunkIds: asked.join(',') } }
    for (const { trunk, calls } of await askJson(context, connection, call, metricsShape))
      if (asked.includes(trunk.id))
        byTrunk.set(trunk.id, calls.inboundCallCount + calls.outboundCallCount)
  }
  return byTrunk
}
