import { type ReactNode, useMemo } from 'react'
import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { gapsOf } from '#domain/series/gaps.ts'
import { limitAt, type LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { Stretch } from '#domain/timeline/atLimit.ts'
import { formatCount } from '#domain/format.ts'
import type { LimitRequest } from '#domain/limits/registryFact.ts'
import { type DurationMs, type EpochMs, elapsed, type MetricId } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { ChartStack } from '#ui/charts/ChartStack.tsx'
import type { FloorLine, PanelSeries, SeriesStyle } from '#ui/charts/chartData.ts'
import { ErrorLanes } from '#ui/charts/ErrorLanes.tsx'
import { AXIS_WIDTH } from '#ui/charts/plot.ts'
import { RunsStrip } from '#ui/charts/RunsStrip.tsx'
import { SeriesPanel } from '#ui/charts/SeriesPanel.tsx'
import { AxisDate, TimeAxis } from '#ui/charts/TimeAxis.tsx'
import type { TimeFrame } from '#ui/charts/timeFrame.ts'
import { Note } from '#ui/notes/Note.tsx'
import classes from './ChartArea.module.css'
import { ChartRow } from './ChartRow.tsx'
import { joinedWithinMs, panelLimit, panelSeries } from '#ui/charts/metricSeries.ts'
import { besideSummary, errorsSummary, seriesSummary } from './chartSummary.ts'
import { Gutter, LaneLegend } from './Gutter.tsx'
import { screenCrosshair } from '#state/crosshair.ts'
import type { PanelPlan } from '#domain/metrics/panelPlan.ts'
import { queueChartTitle, type QueueChoice, queueLineName } from '#domain/metrics/queueChoice.ts'
import { type NoticeFacts, type Panel, panelNotice, troubleBeside } from './panelNotice.tsx'
import { BINS, binOf } from '#domain/timeline/binOf.ts'
import { QueueTitle } from './QueueTitle.tsx'
import { ReadoutCell, ReadoutHeading, type ReadoutSource } from './ReadoutCell.tsx'
import type { Refused } from './refusedIn.ts'
import type { RunsNow } from './runWords.ts'
import { useCompact } from './useCompact.ts'
import { reachMs, sampleThen } from '#domain/metrics/usedThen.ts'

type Props = {
  monitor: OrgMonitor
  notices: NoticeFacts
  plan: PanelPlan
  /** Whose conversations the queue chart shows. */
  queue: QueueChoice
  onQueue: (queue: QueueChoice) => void
  /** By metric, the open request that would change its limit. */
  pending: ReadonlyMap<MetricId, LimitRequest>
  runs: RunsNow
  frame: TimeFrame
  isPaused: boolean
  counts: Readonly<Record<ErrorClass, number>>
  /** The capacity errors among them, by who reported them. */
  refused: Refused
  /** Stretches at the limit of a metric in the window. */
  stretches: (metric: Metric) => readonly Stretch[]
  /** Length of the steps in which the window is shown, at least in part; null: samples only. */
  stepMs: DurationMs | null
  /** What stands in the place of samples, in words; null where samples are shown. */
  stepWords: string | null
  /** What iterations of the connections left behind; null unless a leak is suspected. */
  floors: FloorLine | null
  onEvent: (direction: 1 | -1) => void
  onReset: () => void
}

const NO_STEPS: LimitSteps = []
/** Height of the error lanes, a seventh one included where it is needed; the style sheet says the same. */
const lanesPx = (isCompact: boolean, hasOther: boolean) =>
  (isCompact ? 92 : 112) + (hasOther ? 12 : 0)
const SIDE_PX = 24
const GAP_PX = 20
const AXIS_ROW_PX = 24
/** All charts on one time axis, what they are at their left, and their numbers at the crosshair at their right. */
export function ChartArea(props: Props) {
  const { monitor, notices, plan, runs, frame, isPaused, counts, refused, stretches } = props
  const { stepMs, stepWords, floors, pending } = props
  const { facts, drawn, window, now, zone } = notices
  const { series, errors } = monitor
  const isCompact = useCompact()
  const [connections = null] = plan.connections
  const [sessions = null] = plan.sessions
  const hasOther = counts.other > 0

  const { isLoadingHistory } = facts
  const lines = useMemo(
    () => linesOf(drawn, plan, { hasWholePast: !isLoadingHistory, stepMs }),
    [drawn, plan, isLoadingHistory, stepMs],
  )
  const limitOf = (metric: Metric | null) =>
    metric ? (facts.limits.get(metric.id) ?? NO_STEPS) : NO_STEPS
  const connectionSteps = limitOf(connections)
  const sessionSteps = limitOf(sessions)
  const requestedOf = (metric: Metric | null) =>
    (metric && pending.get(metric.id)?.requestedValue) ?? null
  const connectionRequest = requestedOf(connections)
  const sessionRequest = requestedOf(sessions)
  const connectionLimit = useMemo(
    () => panelLimit('Limit', connectionSteps, connectionRequest),
    [connectionSteps, connectionRequest],
  )
  const sessionLimit = useMemo(
    () => panelLimit('Capacity', sessionSteps, sessionRequest),
    [sessionSteps, sessionRequest],
  )
  const inset = {
    left: SIDE_PX + (isCompact ? 160 : 164) + AXIS_WIDTH,
    right: SIDE_PX + (isCompact ? 152 : 176) + GAP_PX,
    bottom: AXIS_ROW_PX,
  }
  const readout: ReadoutSource = {
    series,
    drawn,
    errors,
    plan,
    limits: facts.limits,
    stretches: connections ? stretches(connections) : [],
    binMs: binOf(connections, elapsed(window.from, window.to)),
    window,
    now,
    iterationAt: runs.iterationAt,
  }
  const spoken = { from: window.from, to: window.to, zone }
  const rangeOf = ({ id }: Metric) => drawn.range(id, window.from, window.to)
  const lengthMs = elapsed(window.from, window.to)
  /** Points of a column may be as far apart as it is wide. */
  const reachOf = (metric: Metric) =>
    Math.max(reachMs(metric), joinedWithinMs(metric, stepMs), lengthMs / BINS)
  const summaryOf = (metric: Metric, refusedHere: Refused | null = null) => {
    const range = rangeOf(metric)
    const steps = limitOf(metric)
    return seriesSummary({
      metric,
      window: spoken,
      current: sampleThen(series, metric, window.to)?.value ?? null,
      peak: range && { value: range.max, limit: limitAt(steps, range.maxAt) },
      hasLimit: metric.group !== 'queue' || steps.length > 0,
      stretches: stretches(metric),
      gaps: gapsOf(drawn.window(metric.id, window.from, window.to, BINS), reachOf(metric)),
      refused: refusedHere,
    })
  }
  /** Of a chart whose first series has the limit: that one in full, the others in brief. */
  const panelSummary = (
    [first, ...beside]: readonly Metric[],
    refusedHere: Refused | null = null,
  ) =>
    first
      ? [
          summaryOf(first, refusedHere),
          ...requestSentence(requestedOf(first)),
          ...beside.flatMap((metric) => besideSummary(metric, rangeOf(metric)?.max ?? null) ?? []),
        ].join(' ')
      : 'Nothing is measured here.'
  const panelOf = ([first, ...rest]: readonly Metric[], title: string) =>
    first ? { title, metrics: [first, ...rest] as const } : null
  const panels = {
    connections: panelOf(plan.connections, connections?.title ?? ''),
    sessions: panelOf(plan.sessions, sessions?.title ?? ''),
    queue: panelOf(plan.queue, queueChartTitle(props.queue, facts.metrics)),
  }
  const noticeOf = (panel: Panel | null, nothing: ReactNode) =>
    panel ? panelNotice(notices, panel) : nothing
  const latestAt = (metric: Metric | null) =>
    metric ? (series.latest(metric.id)?.at ?? null) : null
  const gutterOf = (panel: Panel | null, title: ReactNode, room: 'long' | 'middle' | 'short') => (
    <Gutter
      title={title}
      metric={panel?.metrics[0] ?? null}
      latestAt={latestAt(panel?.metrics[0] ?? null)}
      now={now}
      room={room}
      steps={stepWords}
      trouble={panel && troubleBeside(notices, panel)}
      onTryNow={notices.onTryNow}
    />
  )

  return (
    <section className={classes.charts} aria-labelledby="charts-heading">
      <h2 id="charts-heading" className="visually-hidden">
        Charts
      </h2>
      <ChartStack
        frame={frame}
        crosshair={screenCrosshair}
        zone={zone}
        now={monitor.now}
        inset={inset}
        step={stepAlong(drawn, connections ?? sessions)}
        onEvent={props.onEvent}
        onReset={props.onReset}
      >
        <div className={classes.area} data-other={hasOther}>
          <ChartRow
            row={1}
            gutter={<RunsTitle text={runs.titleIn(window.from, window.to)} />}
            readout={<ReadoutHeading source={readout} isPaused={isPaused} zone={zone} />}
          >
            <RunsStrip iterations={runs.spans} summary={runs.words ?? 'No runs are marked.'} />
          </ChartRow>
          <ChartRow
            row={2}
            gutter={gutterOf(panels.connections, connections?.title ?? 'Connections', 'long')}
            readout={<ReadoutCell source={readout} part="connections" />}
          >
            <SeriesPanel
              series={lines.connections}
              limit={connections ? connectionLimit : null}
              floors={floors}
              summary={
                panelSummary(plan.connections, refused) +
                (floors ? ` ${floorSentence(floors)}` : '')
              }
              isLeading
              notice={noticeOf(panels.connections, NO_CONNECTIONS)}
            />
          </ChartRow>
          <ChartRow
            row={3}
            gutter={gutterOf(
              panels.sessions,
              sessions?.title ?? 'Sessions',
              isCompact ? 'short' : 'middle',
            )}
            readout={<ReadoutCell source={readout} part="sessions" />}
          >
            <SeriesPanel
              series={lines.sessions}
              limit={sessions ? sessionLimit : null}
              summary={panelSummary(plan.sessions)}
              notice={noticeOf(panels.sessions, NO_SESSIONS)}
            />
          </ChartRow>
          <ChartRow
            row={4}
            gutter={
              <LaneLegend
                counts={counts}
                heightPx={lanesPx(isCompact, hasOther)}
                hasOther={hasOther}
              />
            }
            readout={<ReadoutCell source={readout} part="errors" />}
          >
            <ErrorLanes
              errors={errors}
              hasOther={hasOther}
              summary={errorsSummary(counts, spoken)}
            />
          </ChartRow>
          <ChartRow
            row={5}
            gutter={gutterOf(
              panels.queue,
              <QueueTitle metrics={facts.metrics} choice={props.queue} onChoose={props.onQueue} />,
              'short',
            )}
            readout={<ReadoutCell source={readout} part="queue" />}
          >
            <SeriesPanel
              series={lines.queue}
              limit={null}
              summary={plan.queue.map((metric) => summaryOf(metric)).join(' ')}
              notice={noticeOf(panels.queue, props.queue.kind === 'queue' ? NOT_CHOSEN : NO_QUEUES)}
            />
          </ChartRow>
          <div className={classes.axis} style={{ gridColumn: 1, gridRow: 6 }}>
            <AxisDate />
          </div>
          <div className={classes.chart} style={{ gridRow: 6 }}>
            <TimeAxis />
          </div>
        </div>
      </ChartStack>
    </section>
  )
}

const NO_CONNECTIONS = (
  <Note title="Connections are not measured here">
    No public API counts them. Add a feed in the settings, or a JTL of the load test.
  </Note>
)
const NO_SESSIONS = <Note title="Sessions are not measured here" />
const NO_QUEUES = <Note title="Queues are not read here" />
const NOT_CHOSEN = (
  <Note title="This queue is not read here">
    Choose it in the settings of this organisation, or show another one.
  </Note>
)

/** A file may have a long name: it gives way to the plot, and is whole where the pointer rests on it. */
const RunsTitle = ({ text }: { text: string }) => (
  <p className={classes.runs} title={text}>
    {text}
  </p>
)

/** Lines per chart. Connections: usage, and dotted what a load test says of itself. Queues: waiting is the water. */
function linesOf(
  drawn: OrgMonitor['drawn'],
  plan: PanelPlan,
  shown: { hasWholePast: boolean; stepMs: DurationMs | null },
) {
  const line = (metric: Metric, style: SeriesStyle) =>
    panelSeries(drawn, metric, { style, ...shown })
  return {
    connections: plan.connections.map((metric, i) => line(metric, i === 0 ? 'water' : 'dotted')),
    sessions: plan.sessions.map((metric) => line(metric, 'water')),
    queue: plan.queue.map((metric, i) =>
      queueLine(line(metric, i === plan.queue.length - 1 ? 'water' : 'second'), metric),
    ),
  }
}

const queueLine = (line: PanelSeries, metric: Metric) => ({ ...line, title: queueLineName(metric) })

/** `Floor +56 per iteration.` */
const floorSentence = ({ words }: FloorLine) => `F${words.slice(1)}.`

const stepAlong =
  (drawn: OrgMonitor['drawn'], metric: Metric | null) => (at: EpochMs, steps: number) =>
    metric ? drawn.neighbour(metric.id, at, steps) : null

const requestSentence = (requested: number | null) =>
  requested === null ? [] : [`A limit of ${formatCount(requested)} is requested.`]
