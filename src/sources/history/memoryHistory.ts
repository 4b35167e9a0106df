import type { EpochMs, OrgId } from '#domain/units.ts'
import type { History } from './history.ts'
import { createMemoryTiers, type MemoryTiers } from './memoryTiers.ts'

/** A history that ends with the page: for tests, and where a browser offers no database. */
export function createMemoryHistory(reason: string, since: EpochMs): History {
  const known = new Map<OrgId, MemoryTiers>()
  const health = { kind: 'memory', reason, since } as const

  function tiersOf(org: OrgId): MemoryTiers {
    const tiers = known.get(org) ?? createMemoryTiers()
    known.set(org, tiers)
    return tiers
  }

  return {
    write: (org, observation) => tiersOf(org).record.add(observation),
    removeMarker: (org, id) => tiersOf(org).record.removeMarker(id),
    read: (org, from, to, samplesFrom) =>
      Promise.resolve(tiersOf(org).between(from, to, samplesFrom)),
    readSummaries: (org, from, to, stepMs) =>
      Promise.resolve(tiersOf(org).summaries(from, to, stepMs)),
    flushed: () => Promise.resolve(),
    prune: (now) => {
      for (const tiers of known.values()) tiers.age(now)
      return Promise.resolve()
    },
    clear: (org) => {
      known.delete(org)
      return Promise.resolve()
    },
    health: () => health,
    subscribe: () => () => undefined,
    close: () => Promise.resolve(),
  }
}
