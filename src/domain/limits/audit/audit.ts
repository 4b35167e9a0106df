import type { MetricUnit, Provenance, Scope, Thresholds } from '../../metrics/metric.ts'
import type { Organisation } from '../../organisation.ts'
import type { EpochMs, MetricId } from '../../units.ts'
import type { KeyScope } from '../keyScope.ts'
import type { LimitKey } from '../limitKey.ts'
import type { ManualLimit } from '../limitSettings.ts'
import type { LimitRequest, RegistryAnswer } from '../registryFact.ts'

/** What the file of an audit calls itself (docs/formats.md). */
export const AUDIT_FORMAT = 'tidemark-audit'
export const AUDIT_VERSION = 1

/**
 * Everything that was known of an organisation's limits at one moment, as plain data that becomes a file.
 * Nothing is left out in silence: what could not be read is an entry that says so.
 */
export type Audit = {
  format: typeof AUDIT_FORMAT
  version: typeof AUDIT_VERSION
  organisation: Organisation
  takenAt: EpochMs
  /** Of the Tidemark that made it; null where its build does not say. */
  tidemark: string | null
  /** Every namespace that anybody names, by name. */
  namespaces: readonly AuditNamespace[]
  /** By namespace and key. */
  keys: readonly AuditKey[]
  /** Every metric, with a limit or without, by id. */
  metrics: readonly AuditMetric[]
  /** Requests to change limits, of the last year; `answer` is null where nobody asked for them. */
  requests: { answer: RegistryAnswer | null; list: readonly LimitRequest[] }
  /** How Tidemark's own calls fared, by id: what they may read is what the audit can know. */
  sources: readonly AuditSource[]
}

/**
 * How a namespace was read. `partly`: some of its entries could not be understood; `refused`: a permission
 * is missing; `absent`: the organisation has no such namespace.
 */
export type NamespaceState = 'read' | 'partly' | 'refused' | 'absent' | 'failed' | 'notAsked'

export type AuditNamespace = {
  namespace: string
  title: string | null
  state: NamespaceState
  /** One sentence; null where it was read. */
  reason: string | null
  permission: string | null
  readAt: EpochMs | null
  /** How many of the entries below belong to it. */
  keys: number
}

/**
 * Whether the organisation's own value is known. `notTold`: the namespace was read and does not name it;
 * `unread`: the namespace could not be read.
 */
export type KeyState = 'told' | 'notTold' | 'unread'

export type AuditKey = LimitKey & {
  description: string | null
  state: KeyState
  /** The value told in this audit; null where none was. */
  effective: number | null
  /** The newest value that was ever told, where this audit could not read it. */
  lastKnown: number | null
  /** Of the newest value: for the first and for the last time. */
  firstSeenAt: EpochMs | null
  lastSeenAt: EpochMs | null
  default: number | null
  /** Null where one of the two is not known. */
  differsFromDefault: boolean | null
  /** The newest request that may still change it. */
  requested: { value: number; status: string; createdAt: EpochMs | null } | null
  use: AuditUse
  /** Effective less in use; null where one of them is not known. */
  headroom: number | null
  scope: string
  /** What says whose use it covers: the metric that shows it, the key's name, or nobody. */
  scopeBasis: 'metric' | KeyScope['basis']
  isConfigurable: boolean | null
  isTrackable: boolean | null
  /** Where the value comes from, in words. */
  source: string
  /** Limits that somebody typed for the metrics of this key. */
  manual: readonly ManualLimit[]
}

/** What is in use of a limit, or why that cannot be said. */
export type AuditUse =
  | {
      kind: 'measured'
      metric: MetricId
      title: string
      provenance: Provenance
      value: number
      at: EpochMs
      /** Of the limit of this entry; null where it is unknown. */
      usedRatio: number | null
      /** The highest value since `since`, which is at most 24 hours ago. */
      peak: { value: number; at: EpochMs; since: EpochMs }
    }
  /** Something measures it and told nothing in the last 24 hours. */
  | { kind: 'noSample'; metric: MetricId; title: string; reason: string }
  | { kind: 'notMeasurable'; reason: string }

export type AuditMetric = {
  metric: MetricId
  title: string
  unit: MetricUnit
  provenance: Provenance
  scope: Scope
  /** The key that limits it; null where none does. */
  key: LimitKey | null
  /** The limit in force, and where it comes from; null: nothing is known of one. */
  limit: { value: number | null; source: string; from: EpochMs } | null
  /** Whether its source tells another limit with every value. */
  isMoving: boolean
  use: AuditUse
  headroom: number | null
  thresholds: Thresholds
  manual: readonly ManualLimit[]
}

/** How a source of numbers fared; as `SourceStatus` has it. */
export type AuditSource = {
  id: string
  title: string
  state: 'works' | 'refused' | 'absent' | 'failing' | 'notAsked'
  /** The permission that is missing, where one is. */
  permission: string | null
  reason: string | null
}
