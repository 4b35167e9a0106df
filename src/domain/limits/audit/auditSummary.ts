import type { EpochMs } from '../../units.ts'
import type { Audit } from './audit.ts'
import { auditDifference } from './auditDifference.ts'

/** One line of the list of audits. */
export type AuditSummary = {
  takenAt: EpochMs
  /** Entries with a key. */
  keys: number
  namespaces: number
  /** Namespaces that could not be read, or not wholly; one that is not there counts as read. */
  unread: number
  /** Changes since the audit before; null for the first one. */
  changes: number | null
}

/** What the list of audits says of one; `before` is the one before it. */
export const auditSummary = (audit: Audit, before: Audit | null): AuditSummary => ({
  takenAt: audit.takenAt,
  keys: audit.keys.length,
  namespaces: audit.namespaces.length,
  unread: audit.namespaces.filter(({ state }) => state !== 'read' && state !== 'absent').length,
  changes: before && auditDifference(before, audit).changes.length,
})
