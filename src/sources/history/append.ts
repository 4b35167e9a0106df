import { withLimitStep } from '#domain/metrics/limitSteps.ts'
import { factId, mergedFact, type RegistryFact } from '#domain/limits/registryFact.ts'
import type { Observation } from '#domain/observation.ts'
import type { OrgId } from '#domain/units.ts'
import type { HistoryDatabase } from './historyDb.ts'
import { errorIdentity } from './historyRecord.ts'
import type { StoreOf } from './minuteChunks.ts'

const STORES = ['tail', 'errors', 'markers', 'metrics', 'limits'] as const

/** Writes what one flush brought, all of it or nothing. */
export async function append(
  db: HistoryDatabase,
  org: OrgId,
  { metrics, samples, limits, errors, markers, registry }: Observation,
  removedMarkers: readonly string[],
): Promise<void> {
  const names: ((typeof STORES)[number] | 'registry')[] = [...STORES]
  if (registry.length > 0) names.push('registry')
  const tx = db.transaction(names, 'readwrite')
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
  if (registry.length > 0) {
    const store = tx.objectStore('registry')
    requests.push(...registry.map((fact) => keepFact(store, org, fact)))
  }
  if (samples.length > 0) requests.push(tx.objectStore('tail').add({ org, samples }))
  await Promise.all([...requests, tx.done])
}

/** Another tab, or an earlier visit, may have kept what this page never heard. */
async function keepFact(store: StoreOf<'registry', 'readwrite'>, org: OrgId, fact: RegistryFact) {
  const id = factId(fact)
  const known = (await store.get([org, id]))?.fact
  const merged = known ? mergedFact(known, fact) : fact
  if (merged !== known) await store.put({ org, id, fact: merged })
}
