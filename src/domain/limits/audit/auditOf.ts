import type { LimitSteps } from '../../metrics/limitSteps.ts'
import type { Metric } from '../../metrics/metric.ts'
import type { Organisation } from '../../organisation.ts'
import type { EpochMs, MetricId } from '../../units.ts'
import { compareTexts } from '../limitKey.ts'
import type { LimitSettings } from '../limitSettings.ts'
import type { RegistryBook } from '../registryBook.ts'
import { AUDIT_FORMAT, AUDIT_VERSION, type Audit, type AuditSource } from './audit.ts'
import { auditKeys } from './auditKeys.ts'
import { auditMetrics } from './auditMetrics.ts'
import { auditNamespaces } from './auditNamespaces.ts'
import { metricsOfKeys } from '../metricsOfKeys.ts'

/** The newest value of a metric and its highest of the last 24 hours; null where there are none. */
export type AuditedUse = {
  latest: { value: number; at: EpochMs }
  peak: { value: number; at: EpochMs; since: EpochMs }
} | null

/** What an audit is made from. */
export type AuditInput = {
  organisation: Organisation
  takenAt: EpochMs
  tidemark: string | null
  book: RegistryBook
  metrics: readonly Metric[]
  /** Those in force. */
  limits: ReadonlyMap<MetricId, LimitSteps>
  settings: LimitSettings
  sources: readonly AuditSource[]
  inUseOf: (metric: MetricId) => AuditedUse
  /** Namespaces that the vendor names: none of them may be missing in an audit. */
  names: readonly string[]
  /** Why a namespace was not asked for, where it was not: one sentence. */
  whyNotAsked: string
}

/**
 * The audit of one organisation. Entries stand in an order that depends on nothing but their names, so that
 * two audits of the same state are the same file.
 */
export function auditOf(input: AuditInput): Audit {
  const { organisation, takenAt, tidemark, book, metrics, settings } = input
  const metricsOf = metricsOfKeys(metrics, settings)
  const keys = auditKeys(input, metricsOf)
  return {
    format: AUDIT_FORMAT,
    version: AUDIT_VERSION,
    organisation,
    takenAt,
    tidemark,
    namespaces: auditNamespaces(input, keys),
    keys,
    metrics: auditMetrics(input),
    requests: { answer: book.requestsAnswer, list: book.requests },
    sources: input.sources.toSorted((a, b) => compareTexts(a.id, b.id)),
  }
}
