import * as z from 'zod/mini'
import type { Connection } from '../connection.ts'
import { callSource } from './callSource.ts'
import { genesysMetric, seconds } from './genesysMetric.ts'

const EVERY = seconds(60)
const CHANNELS_PER_USER_AND_APP = 20

/**
 * Notification channels of the signed-in user and this OAuth client, and of nobody else. A channel
 * need not have an open socket. The 21st does not fail: it evicts the least used one (facts §1.5,
 * §2.1).
 */
export const ownChannelsSource = (connection: Connection) =>
  callSource(connection, {
    id: 'ownChannels',
    title: 'Own notification channels',
    everyMs: EVERY,
    metrics: [
      genesysMetric({
        id: 'ws.ownChannels',
        title: 'Own notification channels',
        group: 'connections',
        scope: 'userApp',
        intervalMs: EVERY,
      }),
    ],
    call: {
      method: 'GET',
      path: '/api/v2/notifications/channels',
      query: { includechannels: 'oauthclient' },
      permissions: [],
    },
    shape: z.object({ entities: z.array(z.object({})) }),
    readings: ({ entities }) => [
      {
        metric: 'ws.ownChannels',
        value: entities.length,
        limit: {
          value: CHANNELS_PER_USER_AND_APP,
          source: 'documented: 20 per user and app, the 21st evicts one',
        },
      },
    ],
  })
