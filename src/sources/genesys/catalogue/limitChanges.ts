import * as z from 'zod/mini'
import { formatCount } from '#domain/format.ts'
import { observation } from '#domain/observation.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import { sourceId } from '#domain/units.ts'
import type { PolledSource } from '../../polledSource.ts'
import { countShape } from '../../shape.ts'
import { askJson } from '../client.ts'
import type { Connection } from '../connection.ts'
import { seconds } from './genesysMetric.ts'
import { instantShape } from './instantShape.ts'

const CALL = {
  method: 'GET',
  path: '/api/v2/organizations/limits/changerequests',
  query: { status: 'ChangeImplemented', pageSize: '100' },
  permissions: ['limits:organization:view'],
} as const

const shape = z.object({
  entities: z.array(
    z.object({
      id: z.optional(z.string()),
      key: z.string(),
      namespace: z.string(),
      requestedValue: countShape(),
      dateCompleted: z.optional(z.nullable(instantShape())),
    }),
  ),
})
type Change = z.infer<typeof shape>['entities'][number]

/**
 * Limits that were changed within the last year, each marked at the time it was done (facts
 * §1.1.4).
 */
export const limitChangesSource = (connection: Connection): PolledSource => ({
  id: sourceId('genesys.limitChanges'),
  title: 'Changes of limits',
  everyMs: seconds(900),
  metrics: [],
  permissions: CALL.permissions,
  ask: async (context) => {
    const { entities } = await askJson(context, connection, CALL, shape)
    return observation({ markers: entities.flatMap((change) => markerOf(change)) })
  },
})

/** None for a change without the time it was done: there is no place for it on a time axis. */
function markerOf({ id, key, namespace, requestedValue, dateCompleted: at }: Change): Marker[] {
  if (at === undefined || at === null) return []
  const label = `Limit ${namespace} ${key} changed to ${formatCount(requestedValue)}`
  const marker = { id: `change:${id ?? `${namespace}/${key}/${at}`}`, at, label }
  return [{ ...marker, kind: 'limitChanged', origin: 'genesys' }]
}
