import * as z from 'zod/mini'
import { countShape } from '../../shape.ts'
import type { Connection } from '../connection.ts'
import { callSource } from './callSource.ts'
import { genesysMetric, NO_KEY, seconds } from './genesysMetric.ts'

const EVERY = seconds(15)

/**
 * Users the platform takes for online: a proxy of connections, since one user holds none, one or
 * several (facts §2.5). `socketsPerUser` adds an estimate of the sockets; null leaves it out.
 * Counts follow the asker's divisions.
 */
export function usersOnlineSource(connection: Connection, socketsPerUser: number | null) {
  const estimate = genesysMetric({
    id: 'ws.estimated',
    title: 'Estimated sockets',
    group: 'connections',
    provenance: 'estimated',
    intervalMs: EVERY,
    note: `users × ${socketsPerUser}`,
  })
  return callSource(connection, {
    id: 'usersOnline',
    title: 'Users online',
    everyMs: EVERY,
    metrics: [
      genesysMetric({
        id: 'ws.usersOnline',
        title: 'Users online',
        group: 'connections',
        provenance: 'proxy',
        intervalMs: EVERY,
      }),
      ...(socketsPerUser === null ? [] : [estimate]),
    ],
    call: {
      method: 'POST',
      path: '/api/v2/analytics/agents/status/counts',
      query: { groupBy: 'presence' },
      body: {
        userFilter: { type: 'and', predicates: [{ dimension: 'online', value: 'true' }] },
      },
      permissions: ['analytics:agentState:view'],
    },
    shape: z.object({ presenceCounts: z.array(z.object({ count: countShape() })) }),
    readings: ({ presenceCounts }) => {
      const users = presenceCounts.reduce((sum, { count }) => sum + count, 0)
      const limit = { value: null, source: NO_KEY }
      const online = { metric: 'ws.usersOnline', value: users, limit }
      if (socketsPerUser === null) return [online]
      const sockets = Math.round(users * socketsPerUser)
      return [online, { metric: 'ws.estimated', value: sockets, limit }]
    },
  })
}
