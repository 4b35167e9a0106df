import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { beyondClients } from '#domain/incident/beyondClients.ts'
import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident, Span } from '#domain/incident/incident.ts'
import { countedOnce, incidentSubject, limitsOf } from '#domain/incident/incidentEvidence.ts'
import { gapAfterMs } from '#domain/metrics/freshness.ts'
import { type LimitSteps, limitAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { isOfFile } from '#domain/metrics/ofFile.ts'
import { panelPlan } from '#domain/metrics/panelPlan.ts'
import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import { within } from '#domain/series/within.ts'
import { type EpochMs, epochMs, type MetricId } from '#domain/units.ts'
import { type Html, textOf } from '../html.ts'
import { lineName } from '#domain/metrics/lineName.ts'
import { trustWords } from '../words/incidentWords.ts'
import { atLimitBands, type LimitBand } from './atLimitBands.ts'
import { chartFrame, type ChartKey } from './chartFrame.ts'
import { type ChartOptions, type ChartPlot, chartPlot } from './chartPlot.ts'
import { errorsSummary, levelSummary } from './chartSummaries.ts'
import { countOf, errorChart, errorChartHeight, type ErrorPicture } from './errorChart.ts'
import { levelChart, type LineStyle, strokeOf } from './levelChart.ts'
import { limitSpans } from '../words/limitSpans.ts'
import { type DrawnSeries, drawnSeries } from './seriesPath.ts'

/** A chart of an incident as a picture that stands alone. */
export type IncidentChart = {
  id: 'connections' | 'sessions' | 'notReleased' | 'queue' | 'errors'
  title: string
  /** A whole SVG document, to be saved. */
  svg: string
  /** The same, to stand in a page. */
  markup: Html
  /** What it shows, in one sentence. */
  summary: string
}

const HEIGHT_PX = { connections: 200, sessions: 110, notReleased: 96, queue: 84 }

/** What is drawn of one metric. */
type Level = { metric: Metric; series: Series; gapAfterMs: number; drawn: DrawnSeries }

type Room = {
  incident: Incident
  plot: ChartPlot
  window: Span
  limits: ReadonlyMap<MetricId, LimitSteps>
  errors: ErrorPicture
  subject: Metric | null
  shared: readonly LimitBand[]
}

/**
 * The charts of an incident over one window, all with the same time axis: connections, sessions, what
 * was not released, queues, failures. Those that have nothing to show are left out, but for the
 * failures. Throws where the window has no length. O(samples).
 */
export function incidentCharts(
  incident: Incident,
  { report }: Pick<IncidentFindings, 'report'>,
  options: ChartOptions,
): readonly IncidentChart[] {
  const { window } = options
  const plot = chartPlot(incident, options)
  const limits = limitsOf(incident)
  const subject = incidentSubject(incident).metric
  const level = levelsOnce(incident, plot)
  const steps = subject ? (limits.get(subject.id) ?? []) : []
  const judged = subject && level(subject)
  const shared = judged ? atLimitBands(judged.series, steps, judged.gapAfterMs, window) : []
  const errors = { ...errorsIn(incident, window), shared }
  const room: Room = { incident, plot, window, limits, errors, subject, shared }
  const plan = panelPlan(incident.metrics, subject ? [subject.id] : null)
  return [
    levels(room, 'connections', 'Limit', plan.connections.map(level)),
    levels(room, 'sessions', 'Capacity', plan.sessions.map(level)),
    notReleased(room, report),
    levels(room, 'queue', null, plan.queue.map(level)),
    failures(room),
  ].filter((chart) => chart !== null)
}

/** A metric may stand in several charts; going through all of its samples takes the time. */
function levelsOnce(incident: Incident, plot: ChartPlot): (metric: Metric) => Level {
  const known = new Map<MetricId, Level>()
  return (metric) => {
    const level = known.get(metric.id) ?? levelOf(incident, plot, metric)
    known.set(metric.id, level)
    return level
  }
}

function levelOf(incident: Incident, plot: ChartPlot, metric: Metric): Level {
  const series = incident.samples.find((one) => one.metric === metric.id)?.series ?? EMPTY_SERIES
  // A file tells its gaps itself; its samples come as they come.
  const isLoose = metric.intervalMs === null || isOfFile(metric)
  const joinedMs = isLoose ? Infinity : gapAfterMs(metric.intervalMs!)
  const columns = plot.right - plot.left
  return {
    metric,
    series,
    gapAfterMs: joinedMs,
    drawn: drawnSeries(series, plot.window, columns, joinedMs),
  }
}

/** Each failure once, and what files say of the same ones beside. */
function errorsIn({ errors }: Incident, { from, to }: Span): Omit<ErrorPicture, 'shared'> {
  const inWindow = errors.filter(({ at }) => at >= from && at < to)
  const once = new Set(countedOnce(errors))
  const isCapacity = (event: ErrorEvent) => event.class === 'capacity'
  return {
    capacity: inWindow.filter((event) => isCapacity(event) && once.has(event)),
    capacityInFiles: inWindow.filter((event) => isCapacity(event) && !once.has(event)),
    others: inWindow.filter((event) => !isCapacity(event)),
  }
}

const STYLES: Readonly<Record<'first' | 'ofFile' | 'other', readonly LineStyle[]>> = {
  first: ['water'],
  ofFile: ['dotted', 'greyDotted'],
  other: ['grey', 'greyDotted'],
}

function styleOf(id: IncidentChart['id'], { metric }: Level, i: number): LineStyle {
  if (i === 0) return id === 'queue' ? 'line' : 'water'
  const styles = STYLES[isOfFile(metric) ? 'ofFile' : 'other']
  return styles[(i - 1) % styles.length]!
}

/** A chart of levels against the limit of the first; null where none has a sample here. */
function levels(
  room: Room,
  id: 'connections' | 'sessions' | 'queue',
  noun: 'Limit' | 'Capacity' | null,
  all: readonly Level[],
): IncidentChart | null {
  const { plot, window, limits, subject, shared, incident } = room
  const shown = all.filter(({ drawn }, i) => i === 0 || drawn.lines.length > 0)
  const first = shown[0]
  if (!first || shown.every(({ drawn }) => drawn.lines.length === 0)) return null
  const { metric } = first
  const isSubject = metric.id === subject?.id
  const steps = limits.get(metric.id) ?? []
  const own = noun === null ? [] : atLimitBands(first.series, steps, first.gapAfterMs, window)
  const peak = peakOf(first.series, window)
  const title = lineName(metric)
  const summary = levelSummary(
    {
      title,
      metric,
      window,
      peak,
      limitAtPeak: noun === null ? undefined : peak && limitAt(steps, peak.at),
      bands: own,
      gaps: first.drawn.gaps,
      refused: isSubject ? countOf(room.errors.capacity) : null,
    },
    incident.zone,
  )
  const lines = shown.map((level, i) => ({
    name: lineName(level.metric),
    style: styleOf(id, level, i),
    drawn: level.drawn,
  }))
  const keys = lines.map(
    ({ name, style }, i): ChartKey => ({
      stroke: strokeOf(style, plot),
      name,
      words: trustWords(shown[i]!.metric),
    }),
  )
  const picture = {
    lines,
    limit: noun === null ? null : { noun, spans: limitSpans(steps, window) },
    own,
    shared: isSubject ? [] : shared,
    heightPx: HEIGHT_PX[id],
  }
  return chart(plot, id, title, summary, keys, picture.heightPx, (top) =>
    levelChart(plot, picture, top),
  )
}

/** What the organisation counts beyond what clients hold; null without both counts. */
function notReleased(room: Room, report: EvidenceReport): IncidentChart | null {
  const { incident, plot, window, shared } = room
  const beyond = beyondClients(incident, report)
  if (!beyond) return null
  const { title, words, counted, series } = beyond
  const { intervalMs } = counted
  const gapMs = intervalMs === null ? Infinity : gapAfterMs(intervalMs)
  const drawn = drawnSeries(series, window, plot.right - plot.left, gapMs)
  const peak = peakOf(series, window)
  if (!peak) return null
  const [what = words] = words.split(';')
  const summary = levelSummary(
    {
      title: `${title} (${what})`,
      metric: counted,
      window,
      peak,
      limitAtPeak: undefined,
      bands: [],
      gaps: drawn.gaps,
      refused: null,
    },
    incident.zone,
  )
  const picture = {
    lines: [{ name: title, style: 'grey' as const, drawn }],
    limit: null,
    own: [],
    shared,
    heightPx: HEIGHT_PX.notReleased,
  }
  const keys = [{ stroke: strokeOf('grey', plot), name: title, words }]
  return chart(plot, 'notReleased', title, summary, keys, picture.heightPx, (top) =>
    levelChart(plot, picture, top),
  )
}

function failures({ incident, plot, window, errors }: Room): IncidentChart {
  const summary = errorsSummary(errors, window, incident)
  return chart(plot, 'errors', 'Errors by class', summary, [], errorChartHeight(errors), (top) =>
    errorChart(plot, errors, top),
  )
}

function chart(
  plot: ChartPlot,
  id: IncidentChart['id'],
  title: string,
  summary: string,
  keys: readonly ChartKey[],
  heightPx: number,
  body: Parameters<typeof chartFrame>[1]['body'],
): IncidentChart {
  const markup = chartFrame(plot, { title, summary, keys, heightPx, body })
  return { id, title, svg: textOf(markup), markup, summary }
}

/** The highest sample of a window and when it was; null where there is none. O(n). */
function peakOf(series: Series, { from, to }: Span): { at: EpochMs; value: number } | null {
  const { timeMs, value } = within(series, from, to)
  let best = -1
  for (let i = 0; i < value.length; i++)
    if (Number.isFinite(value[i]) && (best < 0 || value[i]! > value[best]!)) best = i
  return best < 0 ? null : { at: epochMs(timeMs[best]!), value: value[best]! }
}
