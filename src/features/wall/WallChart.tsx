import type { ThemeName } from '#domain/charts/themeColours.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { HourChart } from '#ui/charts/HourChart.tsx'

type Props = {
  monitor: OrgMonitor
  metric: Metric
  text: number
  laneHeight: number
  theme: ThemeName
}

const UNKNOWN: LimitSteps = []

/** The last hour of the metric that speaks for an organisation. */
export function WallChart({ monitor, metric, text, laneHeight, theme }: Props) {
  return (
    <HourChart
      store={monitor.drawn}
      errors={monitor.errors}
      metric={metric}
      limits={monitor.facts().limits.get(metric.id) ?? UNKNOWN}
      now={monitor.now}
      text={text}
      laneHeight={laneHeight}
      theme={theme}
    />
  )
}
