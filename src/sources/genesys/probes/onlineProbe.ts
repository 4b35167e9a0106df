import * as z from 'zod/mini'
import { formatCount } from '#domain/format.ts'
import { countShape } from '../../shape.ts'
import { askShaped } from './askShaped.ts'
import type { Probe } from './probe.ts'
import { countOf } from './probeWords.ts'

const shape = z.object({
  presenceCounts: z.array(
    z.object({ systemPresence: z.optional(z.nullable(z.string())), count: countShape() }),
  ),
})
type Counts = z.infer<typeof shape>

const ONLINE = { userFilter: { type: 'and', predicates: [{ dimension: 'online', value: 'true' }] } }

/** P4: what the filter `online` leaves out; its meaning is not documented (facts §2.5). */
export const onlineProbe: Probe = {
  id: 'P4',
  title: 'Users online',
  decides: 'what “online” counts, and so how good a proxy of connections it is',
  calls: ['POST /api/v2/analytics/agents/status/counts'],
  permissions: ['analytics:agentState:view'],
  read: async (tools) => {
    const counts = (body: unknown) =>
      askShaped(
        tools,
        {
          method: 'POST',
          path: '/api/v2/analytics/agents/status/counts',
          query: { groupBy: 'presence' },
          body,
          permissions: onlineProbe.permissions,
        },
        shape,
      )
    return findingsOf(await counts(ONLINE), await counts({}))
  },
}

function findingsOf(online: Counts, all: Counts): readonly string[] {
  const fewer = sumOf(all) - sumOf(online)
  return [
    `With online “true”: ${countOf(sumOf(online), 'user')}, by presence: ${byPresence(online)}.`,
    `Without it: ${countOf(sumOf(all), 'user')}, by presence: ${byPresence(all)}.`,
    fewer === 0
      ? 'The filter leaves nobody out: it is ignored, or everybody is online.'
      : fewer > 0
        ? `The filter leaves out ${countOf(fewer, 'user')}.`
        : `With the filter there are ${formatCount(-fewer)} more: users came between the two replies, or it counts something else.`,
  ]
}

const sumOf = ({ presenceCounts }: Counts) =>
  presenceCounts.reduce((sum, { count }) => sum + count, 0)

/** Several presences of an organisation may share one of the system's. */
function byPresence({ presenceCounts }: Counts): string {
  const sums = new Map<string, number>()
  for (const { systemPresence, count } of presenceCounts) {
    const name = systemPresence ?? 'not named'
    sums.set(name, (sums.get(name) ?? 0) + count)
  }
  return sums.size === 0
    ? 'none'
    : [...sums].map(([name, count]) => `${name} ${formatCount(count)}`).join(', ')
}
