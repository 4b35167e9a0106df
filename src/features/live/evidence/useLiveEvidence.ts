import { useMemo } from 'react'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { MetricId } from '#domain/units.ts'
import type { EvidenceView } from '#monitor/evidence/evidenceWatch.ts'
import type { Subject } from '#domain/evidence/evidenceInput.ts'
import { useEvidence } from '#state/useEvidence.ts'
import type { PanelPlan } from '#domain/metrics/panelPlan.ts'
import type { ShownWindow } from '../useShownWindow.ts'

type Known = {
  plan: PanelPlan
  limits: ReadonlyMap<MetricId, LimitSteps>
  shown: Pick<ShownWindow, 'window' | 'rollingMs' | 'isPaused'>
  /** Whether the drawer lies open: what is shown only there is worked out only then. */
  isDetailed: boolean
}

/** The evidence for the window on screen. */
export function useLiveEvidence({ plan, limits, shown, isDetailed }: Known): EvidenceView {
  const { window, rollingMs, isPaused } = shown
  const isMoving = rollingMs !== null && !isPaused
  const subject = useMemo(() => subjectOf(plan, limits), [plan, limits])
  const watched = useMemo(
    () => ({ window, isMoving, isDetailed, subject }),
    [window, isMoving, isDetailed, subject],
  )
  return useEvidence(watched)
}

/**
 * Connections are on trial where their limit is known, since it is them that are refused; else the
 * sessions. The attempts that somebody counts are attempts to connect.
 */
export function subjectOf(plan: PanelPlan, limits: ReadonlyMap<MetricId, LimitSteps>): Subject {
  const hasLimit = ({ id }: Metric) => limits.get(id)?.some(({ value }) => value !== null) ?? false
  const [connections = null] = plan.connections
  const metric = [connections, ...plan.sessions].find((one) => one && hasLimit(one)) ?? connections
  return { metric, attempts: metric === connections ? plan.attempts : null }
}
