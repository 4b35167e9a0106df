import * as z from 'zod/mini'
import { formatCount } from '#domain/format.ts'
import { sourceId } from '#domain/units.ts'
import type { AskContext, PolledSource } from '../../polledSource.ts'
import { countShape } from '../../shape.ts'
import { askJson } from '../client.ts'
import type { Connection } from '../connection.ts'
import { observationOf } from './callSource.ts'
import { genesysMetric, seconds } from './genesysMetric.ts'

const EVERY = seconds(300)
const PAGE_SIZE = 100

/** Two requests a minute at most; an organisation with more stations is counted in part. */
const MOST_PAGES = 10

const shape = z.object({
  entities: z.array(z.object({ status: z.string() })),
  total: countShape(),
})

/** The documented 50 000 is another matter: how many may exist, not how many may be in use. */
const NO_LIMIT = 'no limit published for stations in use'

/** Stations counted, of how many, and how many of those a user has picked. */
type Count = { associated: number; counted: number; total: number }

const metric = genesysMetric({
  id: 'webrtc.stationsAssociated',
  title: 'Stations in use',
  group: 'other',
  provenance: 'proxy',
  intervalMs: EVERY,
  note: 'a user has picked them',
})

/**
 * Stations that a user has picked. There is no filter for them, so all stations are read, page by page
 * and seldom (facts §2.6). A count cut short says so.
 */
export const stationsSource = (connection: Connection): PolledSource => ({
  id: sourceId('genesys.stations'),
  title: 'Stations',
  everyMs: EVERY,
  metrics: [metric],
  ask: async (context) => {
    const { associated, counted, total } = await countStations(context, connection)
    const part = `the first ${formatCount(counted)} of ${formatCount(total)} stations`
    const isWhole = counted >= total
    const limit = { value: null, source: isWhole ? NO_LIMIT : `counted in ${part}` }
    return {
      ...observationOf([{ metric: metric.id, value: associated, limit }], context.now()),
      metrics: [isWhole ? metric : { ...metric, note: `in ${part}` }],
    }
  },
})

async function countStations(context: AskContext, connection: Connection): Promise<Count> {
  const count: Count = { associated: 0, counted: 0, total: 0 }
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const query = { pageSize: String(PAGE_SIZE), pageNumber: String(page) }
    const call = { method: 'GET', path: '/api/v2/stations', query, permissions: [] } as const
    const { entities, total } = await askJson(context, connection, call, shape)
    count.associated += entities.filter(({ status }) => status === 'ASSOCIATED').length
    count.counted += entities.length
    count.total = total
    if (entities.length === 0 || count.counted >= total) break
  }
  return count
}
