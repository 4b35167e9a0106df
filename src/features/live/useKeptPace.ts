import { useMemo } from 'react'
import { atKeptPace } from '#domain/metrics/keptPace.ts'
import type { PanelPlan } from '#domain/metrics/panelPlan.ts'
import { epochMs, MINUTE_MS } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { ShownWindow } from './useShownWindow.ts'

type Known = {
  monitor: Pick<OrgMonitor, 'series'>
  shown: Pick<ShownWindow, 'window' | 'rollingMs' | 'isReadingBack'>
  /** The last day is being read back. */
  isLoading: boolean
}

/**
 * The charts' metrics as the window shown has them, once it has been read: what was kept at a slower pace
 * is no row of gaps.
 */
export function useKeptPace(plan: PanelPlan, { monitor, shown, isLoading }: Known): PanelPlan {
  const { series } = monitor
  const { window, rollingMs, isReadingBack } = shown
  const isRead = !isReadingBack && !isLoading
  // A window that moves is looked at once a minute: it costs all its samples.
  const to = rollingMs === null ? window.to : Math.ceil(window.to / MINUTE_MS) * MINUTE_MS
  const from = rollingMs === null ? window.from : to - rollingMs
  return useMemo(() => {
    if (!isRead) return plan
    const paced = (metrics: PanelPlan['connections']) =>
      metrics.map((metric) =>
        atKeptPace(metric, series.slice(metric.id, epochMs(from), epochMs(to))),
      )
    return {
      ...plan,
      connections: paced(plan.connections),
      sessions: paced(plan.sessions),
      queue: paced(plan.queue),
    }
  }, [series, plan, isRead, from, to])
}
