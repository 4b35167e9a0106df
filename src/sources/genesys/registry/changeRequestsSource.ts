import { formatCount } from '#domain/format.ts'
import type { LimitRequest } from '#domain/limits/registryFact.ts'
import { observation } from '#domain/observation.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import { sourceId } from '#domain/units.ts'
import type { PolledSource } from '../../polledSource.ts'
import { seconds } from '../catalogue/genesysMetric.ts'
import type { Connection } from '../connection.ts'
import { readRequests } from './readRequests.ts'
import { registryCall } from './registryCall.ts'

/**
 * Requests to change limits; those that were carried out are marked at the time it was done (facts
 * §1.1.4).
 */
export const changeRequestsSource = (connection: Connection): PolledSource => ({
  id: sourceId('genesys.limitChanges'),
  title: 'Changes of limits',
  everyMs: seconds(300),
  metrics: [],
  permissions: registryCall('changerequests').permissions,
  ask: async (context) => {
    const facts = await readRequests(context, connection)
    return observation({ registry: [facts], markers: facts.requests.flatMap(markerOf) })
  },
})

/** None for a change without the time it was done: there is no place for it on a time axis. */
function markerOf(request: LimitRequest): Marker[] {
  const { id, key, namespace, requestedValue, status, completedAt: at } = request
  if (at === null || status !== 'ChangeImplemented') return []
  const label = `Limit ${namespace} ${key} changed to ${formatCount(requestedValue)}`
  return [{ id: `change:${id}`, at, label, kind: 'limitChanged', origin: 'genesys' }]
}
