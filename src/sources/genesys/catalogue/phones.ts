import * as z from 'zod/mini'
import { countShape } from '../../shape.ts'
import type { Connection } from '../connection.ts'
import { callSource } from './callSource.ts'
import { genesysMetric, seconds } from './genesysMetric.ts'

const EVERY = seconds(60)
const DOCUMENTED_PHONE_LINES = {
  value: 50_000,
  source: 'documented maximum of phone lines; yours may differ',
}

/**
 * Phones that report themselves operational: one request, since a page of one entry tells the
 * total. Whether a WebRTC phone does so only while its client is open is not known (facts §2.6).
 */
export const phonesSource = (connection: Connection) =>
  callSource(connection, {
    id: 'phones',
    title: 'Phones',
    everyMs: EVERY,
    metrics: [
      genesysMetric({
        id: 'webrtc.phonesUp',
        title: 'Phones operational',
        group: 'other',
        provenance: 'proxy',
        intervalMs: EVERY,
      }),
    ],
    call: {
      method: 'GET',
      path: '/api/v2/telephony/providers/edges/phones',
      query: { 'status.operationalStatus': 'OPERATIONAL', pageSize: '1' },
      permissions: ['telephony:plugin:all'],
    },
    shape: z.object({ total: countShape() }),
    readings: ({ total }) => [
      { metric: 'webrtc.phonesUp', value: total, limit: DOCUMENTED_PHONE_LINES },
    ],
  })
