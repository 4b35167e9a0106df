import { withLimitStep } from '#domain/metrics/limitSteps.ts'
import type { Observation } from '#domain/observation.ts'
import type { OrgId } from '#domain/units.ts'
import type { HistoryDatabase } from './historyDb.ts'
import { errorIdentity } from './historyRecord.ts'

/** Writes what one flush brought, all of it or nothing. */
export async function append(
  db: HistoryDatabase,
  org: OrgId,
  { metrics, samples, limits, errors, markers }: Observation,
  removedMarkers: readonly string[],
): Promise<void> {
  const tx = db.transaction(['tail', 'errors', 'markers', 'metrics', 'limits'], 'readwrite')
  const stores = {
    limits: tx.objectStore('limits'),
    metrics: tx.objectStore('metrics'),
    errors: tx.objectStore('errors'),
    markers: tx.objectStore('markers'),
  }
  const requests: Promise<unknown>[] = [
    ...metrics.map((metric) => stores.metrics.put({ org, id: metric.id, metric })),
    ...errors.map((event) =>
      stores.errors.put({ org, at: event.at, identity: errorIdentity(event), event }),
    ),
    ...markers.map((marker) => stores.markers.put({ org, id: marker.id, at: marker.at, marker })),
    ...removedMarkers.map((id) => stores.markers.delete([org, id])),
    ...[...new Set(limits.map(({ metric }) => metric))].map(async (metric) => {
      const known = (await stores.limits.get([org, metric]))?.steps ?? []
      const steps = limits
        .filter((limit) => limit.metric === metric)
        .reduce((all, { step }) => withLimitStep(all, step), known)
      if (steps !== known) await stores.limits.put({ org, metric, steps })
    }),
  ]
  if (samples.length > 0) requests.push(tx.objectStore('tail').add({ org, samples }))
  await Promise.all([...requests, tx.done])
}
