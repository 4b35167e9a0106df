import type { Audit } from '#domain/limits/audit/audit.ts'
import type { AuditSummary } from '#domain/limits/audit/auditSummary.ts'
import type { AuditStore } from '#sources/audits/auditStore.ts'

/** Audits that end with the test; `fail` says what every use fails with from then on. */
export function memoryAudits() {
  let kept: { audit: Audit; summary: AuditSummary }[] = []
  let failure: Error | null = null
  const of = (org: string) => {
    if (failure) throw failure
    return kept
      .filter(({ audit }) => audit.organisation.id === org)
      .toSorted((a, b) => b.summary.takenAt - a.summary.takenAt)
  }
  const store: AuditStore = {
    list: async (org) => of(org).map(({ summary }) => summary),
    load: async (org, takenAt) =>
      of(org).find(({ summary }) => summary.takenAt === takenAt)?.audit ?? null,
    newest: async (org) => of(org)[0]?.audit ?? null,
    keep: async (audit, summary) => {
      if (failure) throw failure
      kept.push(structuredClone({ audit, summary }))
    },
    clear: async (org) => {
      kept = kept.filter(({ audit }) => audit.organisation.id !== org)
    },
  }
  return {
    ...store,
    fail: (error: Error | null) => {
      failure = error
    },
  }
}
