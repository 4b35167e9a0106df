import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb'
import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { RegistryFact } from '#domain/limits/registryFact.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { Series } from '#domain/series/series.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import type { EpochMs, MetricId, OrgId } from '#domain/units.ts'
import type { Chunk } from './chunk.ts'
import type { HalfHourBlock } from './halfHours.ts'
import type { PackedSummaries } from './packedSummaries.ts'
import type { StoredErrorEvent } from './storedError.ts'

/**
 * One metric's minutes of one day of UTC. Where there is such a chunk, it knows every sample of the
 * day that a `Chunk` holds: whoever writes one of the two writes the other with it.
 */
export type MinuteChunk = { org: OrgId; metric: MetricId; day: EpochMs } & PackedSummaries

/**
 * What one flush brought, not yet sorted into chunks: a row every few seconds is cheap to write.
 */
export type TailRow = { org: OrgId; samples: readonly { metric: MetricId; series: Series }[] }

/** `E`: the event as it is kept. */
type ErrorRow<E> = { org: OrgId; at: EpochMs; identity: string; event: E }

/** The newest shape of the database; every change of it is a migration below. */
export interface HistorySchema extends DBSchema {
  chunks: {
    key: [OrgId, MetricId, EpochMs]
    value: Chunk
    indexes: { byHour: [OrgId, EpochMs]; byAge: EpochMs }
  }
  tail: { key: number; value: TailRow; indexes: { byOrg: OrgId } }
  errors: {
    key: [OrgId, EpochMs, string]
    value: ErrorRow<StoredErrorEvent>
    indexes: { byAge: EpochMs }
  }
  minutes: {
    key: [OrgId, MetricId, EpochMs]
    value: MinuteChunk
    indexes: { byAge: EpochMs }
  }
  halfHours: {
    key: [OrgId, MetricId, EpochMs]
    value: HalfHourBlock
    indexes: { byAge: EpochMs }
  }
  foldedErrors: {
    key: [OrgId, EpochMs, string]
    value: ErrorRow<ErrorEvent>
    indexes: { byAge: EpochMs }
  }
  markers: {
    key: [OrgId, string]
    value: { org: OrgId; id: string; at: EpochMs; marker: Marker }
    indexes: { byAge: EpochMs }
  }
  metrics: { key: [OrgId, MetricId]; value: { org: OrgId; id: MetricId; metric: Metric } }
  limits: {
    key: [OrgId, MetricId]
    value: { org: OrgId; metric: MetricId; steps: LimitSteps }
  }
  registry: { key: [OrgId, string]; value: { org: OrgId; id: string; fact: RegistryFact } }
}

export type HistoryDatabase = IDBPDatabase<HistorySchema>
type Upgrade = IDBPTransaction<HistorySchema, StoreNames<HistorySchema>[], 'versionchange'>

export type Migration = (db: HistoryDatabase, upgrade: Upgrade) => void

/** From one version to the next, oldest first: the length is the version. None is edited later. */
export const MIGRATIONS: readonly Migration[] = [
  function toVersion1(db) {
    const chunks = db.createObjectStore('chunks', { keyPath: ['org', 'metric', 'hour'] })
    chunks.createIndex('byHour', ['org', 'hour'])
    chunks.createIndex('byAge', 'hour')
    db.createObjectStore('tail', { autoIncrement: true }).createIndex('byOrg', 'org')
    db.createObjectStore('errors', { keyPath: ['org', 'at', 'identity'] }).createIndex(
      'byAge',
      'at',
    )
    db.createObjectStore('markers', { keyPath: ['org', 'id'] }).createIndex('byAge', 'at')
    db.createObjectStore('metrics', { keyPath: ['org', 'id'] })
    db.createObjectStore('limits', { keyPath: ['org', 'metric'] })
  },
  // Nothing is moved here: a long upgrade would keep every tab waiting. What is there already is
  // summarised and folded by the first `tidy`.
  function toVersion2(db) {
    const minutes = db.createObjectStore('minutes', { keyPath: ['org', 'metric', 'day'] })
    minutes.createIndex('byAge', 'day')
    db.createObjectStore('foldedErrors', { keyPath: ['org', 'at', 'identity'] }).createIndex(
      'byAge',
      'at',
    )
  },
  // Days that have minutes and no half hours are read from their minutes.
  function toVersion3(db) {
    db.createObjectStore('halfHours', { keyPath: ['org', 'metric', 'block'] }).createIndex(
      'byAge',
      'block',
    )
  },
  function toVersion4(db) {
    db.createObjectStore('registry', { keyPath: ['org', 'id'] })
  },
]

export type Interruptions = {
  /** Another tab holds an older version open: opening waits until it is closed. */
  onBlocked: () => void
  /** The connection ended: a newer Tidemark upgrades the database, or the browser dropped it. */
  onLost: (why: 'upgraded' | 'terminated') => void
}

/**
 * Opens the database at the newest version. Rejects as IndexedDB does, e.g. with a VersionError.
 */
export function openHistoryDb(
  name: string,
  migrations: readonly Migration[],
  { onBlocked, onLost }: Interruptions,
): Promise<HistoryDatabase> {
  return openDB<HistorySchema>(name, migrations.length, {
    upgrade: (database, oldVersion, _newVersion, transaction) => {
      for (const migrate of migrations.slice(oldVersion)) migrate(database, transaction)
    },
    blocked: onBlocked,
    blocking: (_current, _blocked, event) => {
      // Closed at once, so that the newer tab is not kept waiting.
      ;(event.target as IDBDatabase).close()
      onLost('upgraded')
    },
    terminated: () => onLost('terminated'),
  })
}
