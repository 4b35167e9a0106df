import * as z from 'zod/mini'
import { formatCount } from '#domain/format.ts'
import { countShape } from '../../shape.ts'
import { askShaped } from './askShaped.ts'
import type { Probe } from './probe.ts'

const shape = z.object({ total: countShape() })

/** P11: how many phones say that they are operational (facts §2.6). */
export const phonesProbe: Probe = {
  id: 'P11',
  title: 'Phones operational',
  decides: 'how good a proxy operational phones are for open WebRTC clients',
  calls: ['GET /api/v2/telephony/providers/edges/phones'],
  permissions: ['telephony:plugin:all'],
  byHand: 'Open or close a WebRTC client and run it again: the number should follow.',
  read: async (tools) => {
    const total = async (filter: Readonly<Record<string, string>>) => {
      const call = {
        method: 'GET',
        path: '/api/v2/telephony/providers/edges/phones',
        query: { ...filter, pageSize: '1' },
        permissions: phonesProbe.permissions,
      } as const
      return (await askShaped(tools, call, shape)).total
    }
    const up = await total({ 'status.operationalStatus': 'OPERATIONAL' })
    const all = await total({})
    return [`${formatCount(up)} of ${formatCount(all)} phones are OPERATIONAL.`]
  },
}
