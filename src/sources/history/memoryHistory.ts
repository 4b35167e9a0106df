import { NOTHING_OBSERVED } from '#domain/observation.ts'
import type { EpochMs, OrgId } from '#domain/units.ts'
import { type History, RAW_RETENTION_MS } from './history.ts'
import { createHistoryRecord, type HistoryRecord } from './historyRecord.ts'

/** A history that ends with the page: for tests, and where a browser offers no database. */
export function createMemoryHistory(reason: string, since: EpochMs): History {
  const records = new Map<OrgId, HistoryRecord>()
  const health = { kind: 'memory', reason, since } as const

  function recordOf(org: OrgId): HistoryRecord {
    const record = records.get(org) ?? createHistoryRecord()
    records.set(org, record)
    return record
  }

  return {
    write: (org, observation) => recordOf(org).add(observation),
    removeMarker: (org, id) => recordOf(org).removeMarker(id),
    read: (org, from, to) =>
      Promise.resolve(records.get(org)?.between(from, to) ?? NOTHING_OBSERVED),
    flushed: () => Promise.resolve(),
    prune: (now) => {
      for (const record of records.values()) record.dropBefore((now - RAW_RETENTION_MS) as EpochMs)
      return Promise.resolve()
    },
    clear: (org) => {
      records.delete(org)
      return Promise.resolve()
    },
    health: () => health,
    subscribe: () => () => undefined,
    close: () => Promise.resolve(),
  }
}
