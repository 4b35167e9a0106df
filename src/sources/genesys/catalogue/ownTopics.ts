import * as z from 'zod/mini'
import { NOTHING_OBSERVED } from '#domain/observation.ts'
import { sourceId } from '#domain/units.ts'
import type { AskContext, PolledSource } from '../../polledSource.ts'
import { SourceError } from '../../sourceError.ts'
import { askJson } from '../client.ts'
import type { Connection } from '../connection.ts'
import { observationOf } from './callSource.ts'
import { genesysMetric, seconds } from './genesysMetric.ts'

const EVERY = seconds(300)
const CHANNELS = '/api/v2/notifications/channels'
const LIMIT = { value: 1000, source: 'documented: 1\u202f000 topics per channel' }

const metric = genesysMetric({
  id: 'ws.ownTopics',
  title: 'Topics of the fullest own channel',
  group: 'other',
  scope: 'token',
  intervalMs: EVERY,
})

const channelsShape = z.object({ entities: z.array(z.object({ id: z.optional(z.string()) })) })
const topicsShape = z.object({ entities: z.array(z.object({})) })

/**
 * Topics of the fullest channel of this token: the limit is one of each channel (facts §1.5). Channels of
 * other tokens hide how to reach them. Tidemark opens none itself, so the series appears only where
 * something else uses the same token.
 */
export function ownTopicsSource(connection: Connection): PolledSource {
  let hasAppeared = false
  return {
    id: sourceId('genesys.ownTopics'),
    title: 'Topics of own channels',
    everyMs: EVERY,
    metrics: [],
    ask: async (context) => {
      const call = { method: 'GET', path: CHANNELS, permissions: [] } as const
      const { entities } = await askJson(context, connection, call, channelsShape)
      const topics = []
      for (const { id } of entities)
        if (id !== undefined) topics.push(await topicsOf(context, connection, id))
      hasAppeared ||= topics.length > 0
      if (!hasAppeared) return NOTHING_OBSERVED
      const reading = { metric: metric.id, value: Math.max(0, ...topics), limit: LIMIT }
      return { ...observationOf([reading], context.now()), metrics: [metric] }
    },
  }
}

/** A channel that is gone by now holds none. */
async function topicsOf(context: AskContext, connection: Connection, id: string): Promise<number> {
  const call = {
    method: 'GET',
    path: `${CHANNELS}/${encodeURIComponent(id)}/subscriptions`,
    route: `${CHANNELS}/{id}/subscriptions`,
    permissions: [],
  } as const
  try {
    return (await askJson(context, connection, call, topicsShape)).entities.length
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'absent') return 0
    throw error
  }
}
