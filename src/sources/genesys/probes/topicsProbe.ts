import * as z from 'zod/mini'
import { absentHere } from '../catalogue/callSource.ts'
import { askShaped } from './askShaped.ts'
import type { Probe } from './probe.ts'
import { countOf } from './probeWords.ts'

const shape = z.object({
  entities: z.array(
    z.object({ id: z.string(), transports: z.optional(z.nullable(z.array(z.string()))) }),
  ),
})
const CALL = {
  method: 'GET',
  path: '/api/v2/notifications/availabletopics',
  query: { expand: 'transports' },
  permissions: [],
} as const
const OPERATIONAL = /^v2\.operations\.events\./
/** How a topic says that a socket can carry it (facts §5.2). */
const BY_SOCKET: readonly string[] = ['Websocket', 'All']

/** P8: whether operational events can be had on a socket instead of being asked for. */
export const topicsProbe: Probe = {
  id: 'P8',
  title: 'Topic of operational events',
  decides: 'whether events can be pushed over a socket',
  calls: ['GET /api/v2/notifications/availabletopics'],
  permissions: [],
  read: async (tools) => {
    const { entities } = await askShaped(tools, CALL, shape)
    const topic = entities.find(({ id }) => OPERATIONAL.test(id))
    if (!topic)
      throw absentHere(
        CALL,
        `None of ${countOf(entities.length, 'topic')} is v2.operations.events.{id}.`,
      )
    const transports = topic.transports ?? []
    const canPush = transports.some((one) => BY_SOCKET.includes(one))
    return [
      `${countOf(entities.length, 'topic')}; ${topic.id} has ${transports.length === 0 ? 'no transports named' : `the transports ${transports.join(', ')}`}.`,
      canPush
        ? 'A socket can carry it.'
        : 'No socket carries it, as far as this reply says: it has to be asked for.',
    ]
  },
}
