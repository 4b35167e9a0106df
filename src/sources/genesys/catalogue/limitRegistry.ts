import * as z from 'zod/mini'
import { observation } from '#domain/observation.ts'
import { metricId, sourceId } from '#domain/units.ts'
import type { PolledSource } from '../../polledSource.ts'
import { countShape } from '../../shape.ts'
import { askJson } from '../client.ts'
import type { Connection } from '../connection.ts'
import { seconds } from './genesysMetric.ts'

/**
 * Which key of the registry is the limit of which metric: only keys seen in sources (facts §1.4).
 */
const REGISTERED = [
  {
    // Tidemark's own requests; the monitor counts them and keeps to half of this.
    metric: 'api.requestsPerMinute',
    namespace: 'platform.api',
    keys: ['token.rate.per.minute', 'client.credentials.token.rate.per.minute'],
  },
] as const

const shape = z.object({
  entities: z.array(z.object({ key: z.string(), value: countShape() })),
})

/**
 * The organisation's own values of the limits that belong to a metric. A key that the organisation
 * does not have is a normal state: the metric then keeps the limit it has, or none (facts §0.6).
 */
export const limitRegistrySource = (connection: Connection): PolledSource => ({
  id: sourceId('genesys.limitRegistry'),
  title: 'Limits of the organisation',
  everyMs: seconds(900),
  metrics: [],
  ask: async (context) => {
    const found = []
    for (const { metric, namespace, keys } of REGISTERED) {
      const path = `/api/v2/organizations/limits/namespaces/${namespace}`
      const call = { method: 'GET', path, permissions: [] } as const
      const { entities } = await askJson(context, connection, call, shape)
      const limits = keys.flatMap((key) => entities.filter((limit) => limit.key === key))
      const [limit] = limits
      if (!limit || limit.value === 0) continue
      const step = {
        from: context.now(),
        value: limit.value,
        source: `${namespace} ${limit.key}`,
      }
      found.push({ metric: metricId(metric), step })
    }
    return observation({ limits: found })
  },
})
