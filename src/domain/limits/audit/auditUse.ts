import { headroom, usedRatio } from '../../metrics/headroom.ts'
import type { Metric } from '../../metrics/metric.ts'
import type { AuditUse } from './audit.ts'
import type { AuditedUse } from './auditOf.ts'

/** What a metric says of the use of a limit; a limit that is null is not known. */
export function auditUse(metric: Metric, use: AuditedUse, limit: number | null): AuditUse {
  const { id, title, provenance, kind } = metric
  if (kind === 'count')
    return { kind: 'notMeasurable', reason: 'what happens is counted, which has no level' }
  if (!use) return { kind: 'noSample', metric: id, title, reason: 'no sample in the last 24 h' }
  const { value, at } = use.latest
  return {
    kind: 'measured',
    metric: id,
    title,
    provenance,
    value,
    at,
    usedRatio: usedRatio(value, limit),
    peak: use.peak,
  }
}

/** What is left of a limit; null where it, or its use, is not known. */
export const headroomIn = (use: AuditUse, limit: number | null) =>
  use.kind === 'measured' ? headroom(use.value, limit) : null
