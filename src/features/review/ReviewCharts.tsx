import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { ERROR_CLASSES, type ErrorClass } from '#domain/errors/errorEvent.ts'
import { formatClock, formatCount, formatZone } from '#domain/format.ts'
import type { BeyondClients } from '#domain/incident/beyondClients.ts'
import type { Incident, Span } from '#domain/incident/incident.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { SCOPE_WORDS } from '#domain/metrics/scopeWords.ts'
import { iterationSpans } from '#domain/timeline/iterationSpans.ts'
import { iterationsOf } from '#domain/timeline/iterations.ts'
import { type EpochMs, later, type MetricId, metricId } from '#domain/units.ts'
import { countsByClass } from '#monitor/countsByClass.ts'
import type { IncidentStores } from '#monitor/review/incidentStores.ts'
import { createSeriesStore } from '#monitor/seriesStore.ts'
import { screenCrosshair, useCrosshairAt } from '#state/crosshair.ts'
import { usePageKeys } from '#state/usePageKeys.ts'
import { chartPageKeys } from '#ui/charts/chartPageKeys.ts'
import { ChartStack } from '#ui/charts/ChartStack.tsx'
import type { SeriesStyle } from '#ui/charts/chartData.ts'
import { ErrorLanes } from '#ui/charts/ErrorLanes.tsx'
import { lineName } from '#domain/metrics/lineName.ts'
import { panelLimit, panelSeries } from '#ui/charts/metricSeries.ts'
import { PinsStrip } from '#ui/charts/PinsStrip.tsx'
import { AXIS_WIDTH } from '#ui/charts/plot.ts'
import { RunsStrip } from '#ui/charts/RunsStrip.tsx'
import { SeriesPanel } from '#ui/charts/SeriesPanel.tsx'
import { TimeAxis } from '#ui/charts/TimeAxis.tsx'
import { createTimeFrame } from '#ui/charts/timeFrame.ts'
import { ErrorGlyph } from '#ui/glyphs/ErrorGlyph.tsx'
import classes from './ReviewCharts.module.css'
import type { ReviewPlan } from './reviewPlan.ts'
import { chartSentence } from './chartSentence.ts'
import { levelThen } from './levelThen.ts'

type Props = {
  incident: Incident
  stores: IncidentStores
  plan: ReviewPlan
  /** What the organisation counts beyond what clients hold; null where that is not known. */
  beyond: BeyondClients | null
  zone: string
  /** Which errors N and P jump to; null: all. */
  classes: readonly ErrorClass[] | null
  /** Puts a metric first in its chart; null: the usual ones. */
  onSeries: (metric: MetricId | null) => void
  /** What was put first. */
  chosen: MetricId | null
  /** A part of the window was zoomed to; null: all of it is shown. */
  onZoom: (part: Span | null) => void
}

const SIDE_PX = 24
const AXIS_ROW_PX = 24
const NO_STEPS: LimitSteps = []
const NO_SPANS: readonly never[] = []
const NO_PINS: readonly never[] = []
const INSET = { left: SIDE_PX + AXIS_WIDTH, right: SIDE_PX, bottom: AXIS_ROW_PX }

/** Every series and every error of an incident on one time axis. */
export function ReviewCharts(props: Props) {
  const { incident, stores, plan, beyond, zone, classes: listed, onZoom } = props
  const { from, to } = incident
  const { drawn, errors } = stores
  const window = useMemo(() => ({ from, to }), [from, to])
  const [frame] = useState(() => createTimeFrame(window))
  useLayoutEffect(() => {
    frame.show(window)
    onZoom(null)
  }, [frame, window, onZoom])
  useEffect(() => frame.onSettled((part) => onZoom(part)), [frame, onZoom])
  const reset = useCallback(() => {
    frame.show(window)
    onZoom(null)
  }, [frame, window, onZoom])

  const [walked = null] = plan.upper
  const lines = useMemo(() => {
    const stepMs = drawn.tier(from, to)?.stepMs ?? null
    const line = (metric: Metric, style: SeriesStyle) =>
      panelSeries(drawn, metric, { style, hasWholePast: true, stepMs })
    return {
      upper: plan.upper.map((metric, i) => line(metric, i === 0 ? 'water' : 'dotted')),
      lower: plan.lower.map((metric) => line(metric, 'water')),
      queue: plan.queue.map((metric, i) =>
        line(metric, i === plan.queue.length - 1 ? 'water' : 'second'),
      ),
    }
  }, [drawn, plan, from, to])
  const limitOf = (metric: Metric | undefined) =>
    metric ? (plan.limits.get(metric.id) ?? NO_STEPS) : NO_STEPS
  const upperSteps = limitOf(plan.upper[0])
  const lowerSteps = limitOf(plan.lower[0])
  const upperLimit = useMemo(() => panelLimit('Limit', upperSteps), [upperSteps])
  const lowerLimit = useMemo(() => panelLimit('Capacity', lowerSteps), [lowerSteps])
  const beyondLines = useMemo(() => (beyond ? [beyondLine(beyond)] : null), [beyond])
  const counts = useMemo(() => countsByClass(errors, from, later(to, 1)), [errors, from, to])
  const marks = useMemo(() => marksOf(incident, zone), [incident, zone])
  const iterations = useMemo(
    () => iterationSpans(iterationsOf(incident.markers, incident.to)),
    [incident],
  )
  const sentence = (metrics: readonly Metric[]) => chartSentence(metrics, plan, drawn, window, zone)
  const jump = useCallback(
    (direction: 1 | -1) => {
      const at = screenCrosshair.get().at ?? from
      const event = errors.next(at, direction, listed ? new Set(listed) : undefined)
      if (event) screenCrosshair.pin(event.at)
    },
    [errors, from, listed],
  )
  const step = (at: EpochMs, steps: number) =>
    walked ? drawn.neighbour(walked.id, at, steps) : null
  // Escape is the screen's: it may close the evidence first.
  const { Escape: _, ...keys } = chartPageKeys({
    frame,
    crosshair: screenCrosshair,
    step,
    onEvent: jump,
  })
  usePageKeys(keys)
  const hasOther = counts.other > 0
  return (
    <section className={classes.charts} aria-labelledby="review-charts">
      <h2 id="review-charts" className="visually-hidden">
        Charts
      </h2>
      <div className={classes.top}>
        <ChartLegend metrics={plan.upper} plan={plan} drawn={drawn} />
        <SeriesChoice metrics={incident.metrics} chosen={props.chosen} onSeries={props.onSeries} />
      </div>
      <ChartStack
        frame={frame}
        crosshair={screenCrosshair}
        zone={zone}
        now={() => to}
        inset={INSET}
        step={step}
        onEvent={jump}
        onReset={reset}
      >
        <div className={classes.rows}>
          {iterations.length > 0 ? (
            <div className={classes.strip}>
              <RunsStrip
                iterations={iterations}
                summary={`${formatCount(iterations.length)} iterations and runs are marked.`}
              />
            </div>
          ) : null}
          {marks.spans.length > 0 ? (
            <div className={classes.strip}>
              <PinsStrip spans={marks.spans} pins={NO_PINS} summary={marks.windows} />
            </div>
          ) : null}
          {marks.pins.length > 0 ? (
            <div className={classes.strip}>
              <PinsStrip spans={NO_SPANS} pins={marks.pins} summary={marks.notes} />
            </div>
          ) : null}
          <div className={classes.upper}>
            <SeriesPanel
              series={lines.upper}
              limit={plan.upper.length > 0 ? upperLimit : null}
              summary={sentence(plan.upper)}
              isLeading
            />
          </div>
          {beyond && beyondLines ? (
            <div className={classes.lower}>
              <p className={classes.name}>
                {beyond.title} <span>{beyond.words}</span>
              </p>
              <SeriesPanel
                series={beyondLines}
                limit={null}
                summary={`${beyond.title}: ${beyond.words}.`}
              />
            </div>
          ) : null}
          {plan.lower.length > 0 ? (
            <div className={classes.lower}>
              <PanelName metric={plan.lower[0]!} plan={plan} drawn={drawn} />
              <SeriesPanel series={lines.lower} limit={lowerLimit} summary={sentence(plan.lower)} />
            </div>
          ) : null}
          {plan.queue.length > 0 ? (
            <div className={classes.queue}>
              <PanelName metric={plan.queue.at(-1)!} plan={plan} drawn={drawn} />
              <SeriesPanel series={lines.queue} limit={null} summary={sentence(plan.queue)} />
            </div>
          ) : null}
          <LaneNames counts={counts} hasOther={hasOther} />
          <div className={classes.lanes} data-other={hasOther}>
            <ErrorLanes errors={errors} hasOther={hasOther} summary={errorsSentence(counts)} />
          </div>
          <div className={classes.axis}>
            <span className={classes.zone}>{formatZone(from, zone).split(',')[0]}</span>
            <TimeAxis />
          </div>
        </div>
      </ChartStack>
    </section>
  )
}

type LegendProps = { metrics: readonly Metric[] } & Pick<ReadProps, 'plan' | 'drawn'>

/** Each line of the upper chart by its stroke, with its provenance, and its value at the crosshair. */
const ChartLegend = ({ metrics, plan, drawn }: LegendProps) => (
  <ul className={classes.legend}>
    {metrics.map((metric, i) => (
      <li key={metric.id}>
        <svg width="18" height="8" aria-hidden="true">
          <path
            d="M1 4h16"
            stroke={i === 0 ? 'var(--water)' : 'var(--rate)'}
            strokeWidth="1.75"
            {...(i === 0 ? {} : { strokeDasharray: '2 3' })}
          />
        </svg>
        <b>{lineName(metric)}</b>
        <span>
          {SCOPE_WORDS[metric.scope]}, {metric.provenance}
        </span>
        <ValueThen metric={metric} plan={plan} drawn={drawn} />
      </li>
    ))}
  </ul>
)

type ChoiceProps = Pick<Props, 'chosen' | 'onSeries'> & { metrics: readonly Metric[] }

/** Any other level of the incident, in its chart: part of the link. */
function SeriesChoice({ metrics, chosen, onSeries }: ChoiceProps) {
  const levels = metrics.filter(({ kind }) => kind === 'gauge')
  if (levels.length < 2) return null
  return (
    <select
      className={classes.choice}
      aria-label="Series shown first"
      value={chosen ?? ''}
      onChange={({ currentTarget }) =>
        onSeries(currentTarget.value === '' ? null : metricId(currentTarget.value))
      }
    >
      <option value="">Usual series</option>
      {levels.map((metric) => (
        <option key={metric.id} value={metric.id}>
          {lineName(metric)}
        </option>
      ))}
    </select>
  )
}

type ReadProps = { metric: Metric; plan: ReviewPlan; drawn: IncidentStores['drawn'] }

/** What a line is at the crosshair, of the limit in force then: it renders alone while the pointer moves. */
function ValueThen({ metric, plan, drawn }: ReadProps) {
  const at = useCrosshairAt()
  // Its room is kept while the pointer is away: the charts would jump under it.
  const level = at === null ? '' : levelThen(metric, at, plan, drawn)
  return <strong className={classes.then}>{level}</strong>
}

const PanelName = (read: ReadProps) => (
  <p className={classes.name}>
    {read.metric.title} <span>{read.metric.provenance}</span> <ValueThen {...read} />
  </p>
)

type LanesProps = { counts: Readonly<Record<ErrorClass, number>>; hasOther: boolean }

/** What each lane shows, in their order from top to bottom, and how many of it there are. */
const LaneNames = ({ counts, hasOther }: LanesProps) => (
  <ul className={classes.legend}>
    {ERROR_CLASSES.filter((name) => name !== 'other' || hasOther).map((name) => (
      <li key={name} data-none={counts[name] === 0}>
        <ErrorGlyph errorClass={name} />
        <span>{name}</span>
        <b>{formatCount(counts[name])}</b>
      </li>
    ))}
  </ul>
)

const errorsSentence = (counts: Readonly<Record<ErrorClass, number>>) =>
  `Errors by class: ${ERROR_CLASSES.map((name) => `${formatCount(counts[name])} ${name}`).join(', ')}.`

function marksOf({ comparison, notes }: Incident, zone: string) {
  const clock = (at: EpochMs) => formatClock(at, zone, 'minutes')
  const spans = comparison
    ? [
        { ...comparison.a, name: 'Window A' },
        { ...comparison.b, name: 'Window B' },
      ].map((span) => ({ ...span, ends: `${clock(span.from)} – ${clock(span.to)}` }))
    : []
  const pins = notes
    .filter(({ place }) => place === 'notes')
    .map(({ at }, i) => ({ at, label: String(i + 1) }))
  const windows = spans.map(({ name, ends }) => `${name} ${ends}`).join('; ')
  return { spans, pins, windows: `${windows}.`, notes: `${formatCount(pins.length)} notes.` }
}

/** The difference as a line of its own chart; gaps are those of the organisation's count. */
function beyondLine({ title, counted, series }: BeyondClients) {
  const store = createSeriesStore((flush) => flush())
  store.insert(counted.id, series)
  return panelSeries(
    store,
    { ...counted, title },
    { style: 'second', hasWholePast: true, stepMs: null },
  )
}
