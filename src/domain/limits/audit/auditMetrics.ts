import { limitStepAt } from '../../metrics/limitSteps.ts'
import { compareTexts } from '../limitKey.ts'
import { keyOfMetric } from '../limitsInForce.ts'
import type { AuditMetric } from './audit.ts'
import type { AuditInput } from './auditOf.ts'
import { auditUse, headroomIn } from './auditUse.ts'

/** Sources that tell a limit with every value: it differs from one minute to the next. */
const MOVES_WITH_THE_VALUE = 'told with the value'

/** Every metric with the limit that holds for it, which need not be a key of the registry. */
export function auditMetrics(input: AuditInput): readonly AuditMetric[] {
  const { metrics, limits, settings, takenAt, inUseOf } = input
  return metrics
    .map((metric): AuditMetric => {
      const { id, title, unit, provenance, scope, thresholds } = metric
      const limit = limitStepAt(limits.get(id) ?? [], takenAt)
      const use = auditUse(metric, inUseOf(id), limit?.value ?? null)
      return {
        metric: id,
        title,
        unit,
        provenance,
        scope,
        key: keyOfMetric(metric, settings),
        limit: limit && { value: limit.value, source: limit.source, from: limit.from },
        isMoving: limit?.source === MOVES_WITH_THE_VALUE,
        use,
        headroom: headroomIn(use, limit?.value ?? null),
        thresholds,
        manual: settings.manualLimits.filter(({ metric: of }) => of === id),
      }
    })
    .toSorted((a, b) => compareTexts(a.metric, b.metric))
}
