import { ERROR_CLASSES } from '#domain/errors/errorEvent.ts'
import { formatCount, formatDuration, formatPercent } from '#domain/format.ts'
import { usageState, usedRatio } from '#domain/metrics/headroom.ts'
import { type LimitSteps, limitStepAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { perMinuteAt } from '#domain/series/perMinute.ts'
import type { Stretch } from '#domain/timeline/atLimit.ts'
import {
  type DurationMs,
  type EpochMs,
  elapsed,
  later,
  type MetricId,
  MINUTE_MS,
} from '#domain/units.ts'
import type { ErrorLog } from '#monitor/errorLog.ts'
import type { DrawnSeries } from '#monitor/drawnSeries.ts'
import type { SeriesStore } from '#monitor/seriesStore.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'
import { valueWords } from '#ui/tile/tileReading.ts'
import { isOfFile } from '#domain/metrics/ofFile.ts'
import type { PanelPlan } from '#domain/metrics/panelPlan.ts'
import { queueLineName } from '#domain/metrics/queueChoice.ts'
import { rangeWords, stepAttempts, stepBeside, stepLevel } from './stepReadout.ts'
import { sampleThen } from '#domain/metrics/usedThen.ts'

export type ReadoutRow = { name: string; value: string }

/** A level against its limit. */
export type LevelReadout = {
  value: string
  state: DisplayState | null
  rows: readonly ReadoutRow[]
}

/**
 * What is written beside the charts for one instant; each part is worked out when the cell that shows
 * it asks. Null values are written as a dash.
 */
export type Readout = {
  connections: () => LevelReadout
  sessions: () => readonly ReadoutRow[]
  errors: () => readonly ReadoutRow[]
  queue: () => readonly ReadoutRow[]
}

export type ReadoutFacts = {
  /** Samples; what is shown in steps comes from `drawn`. */
  series: SeriesStore
  drawn: DrawnSeries
  errors: ErrorLog
  plan: PanelPlan
  limits: ReadonlyMap<MetricId, LimitSteps>
  stretches: readonly Stretch[]
  /** The iteration in progress then, in words. */
  iteration: string | null
  at: EpochMs
  /** How much time the error counts cover: the bin that ends at the instant. */
  binMs: DurationMs
}

const DASH = '–'

/** The numbers at an instant: what held then, against the limit in force then. */
export function readoutAt(facts: ReadoutFacts): Readout {
  const { plan } = facts
  const [connections, ...beside] = plan.connections
  return {
    connections: () =>
      connections
        ? primary(facts, connections, beside)
        : { value: DASH, state: null, rows: valueRows(facts, beside) },
    sessions: () => plan.sessions.flatMap((metric) => besideRows(facts, metric)),
    errors: () => errorRows(facts),
    queue: () => plan.queue.map((metric) => valueRow(facts, metric, queueLineName(metric))),
  }
}

function primary(facts: ReadoutFacts, metric: Metric, beside: readonly Metric[]) {
  const { at, stretches, iteration, plan } = facts
  const step = facts.drawn.step(metric.id, at)
  if (step) {
    const level = stepLevel(facts, metric, step)
    return { ...level, rows: [...level.rows, ...valueRows(facts, beside)] }
  }
  const { sample, limit, ratio } = levelThen(facts, metric)
  // The last one speaks for the moment after it too: it is found once a second only.
  const stretch = stretches.findLast(({ from }) => from <= at)
  const rows: ReadoutRow[] = [
    { name: 'limit then', value: limit === null ? 'unknown' : formatCount(limit) },
    { name: 'used', value: ratio === null ? DASH : formatPercent(ratio) },
  ]
  if (plan.attempts) {
    const attempts = attemptsPerMinute(facts, plan.attempts)
    rows.push({ name: 'attempts/min', value: attempts === null ? DASH : formatCount(attempts) })
  }
  if (iteration !== null) rows.push({ name: 'iteration', value: iteration })
  const state = sample ? usageState(sample.value, limit, metric.thresholds) : null
  // A stretch reaches to the sample that ends it; that sample itself is no longer at the limit.
  if (state === 'atLimit' && stretch?.state === 'atLimit' && at > stretch.seenAt)
    rows.push({ name: 'at limit for', value: formatDuration(elapsed(stretch.seenAt, at)) })
  return {
    value: sample ? valueWords(sample.value, metric) : DASH,
    state,
    rows: [...rows, ...valueRows(facts, beside)],
  }
}

/** New connections beside the open ones: a burst may be what meets a limit. Null where nobody counted then. */
const attemptsPerMinute = ({ series, at }: ReadoutFacts, metric: Metric) =>
  sampleThen(series, metric, at) &&
  perMinuteAt(series.slice(metric.id, later(at, -1 * MINUTE_MS), at), at)

/** Value and limit of a metric at an instant; all null where nothing was measured then. */
function levelThen({ series, limits, at }: ReadoutFacts, metric: Metric) {
  const sample = sampleThen(series, metric, at)
  const limit = limitStepAt(limits.get(metric.id) ?? [], at)?.value ?? null
  return { sample, limit, ratio: sample ? usedRatio(sample.value, limit) : null }
}

function besideRows(facts: ReadoutFacts, metric: Metric): ReadoutRow[] {
  const step = facts.drawn.step(metric.id, facts.at)
  if (step) return stepBeside(facts, metric, step)
  const { sample, limit, ratio } = levelThen(facts, metric)
  return [
    { name: 'in use', value: sample ? valueWords(sample.value, metric) : DASH },
    { name: 'capacity then', value: limit === null ? 'unknown' : formatCount(limit) },
    { name: 'used', value: ratio === null ? DASH : formatPercent(ratio) },
  ]
}

const valueRows = (facts: ReadoutFacts, metrics: readonly Metric[]) =>
  metrics
    .filter((metric) => hasRow(facts, metric, metrics))
    .map((metric) => valueRow(facts, metric))

/**
 * A file may have had many runs, each a series of its own: it has one row, of the run that was on
 * then, and none where it has nothing to say.
 */
function hasRow({ series, at }: ReadoutFacts, metric: Metric, all: readonly Metric[]): boolean {
  if (!isOfFile(metric)) return true
  if (!sampleThen(series, metric, at)) return false
  const runs = all.filter(({ origin, title }) => origin === metric.origin && title === metric.title)
  const newestAt = (run: Metric) => series.at(run.id, at)?.at ?? 0
  return metric === runs.reduce((on, run) => (newestAt(run) >= newestAt(on) ? run : on))
}

function valueRow(
  { series, drawn, at }: ReadoutFacts,
  metric: Metric,
  title = metric.title,
): ReadoutRow {
  const name = title.toLowerCase()
  const step = drawn.step(metric.id, at)
  if (step) return { name, value: rangeWords(step, metric) }
  const sample = sampleThen(series, metric, at)
  return { name, value: sample ? valueWords(sample.value, metric) : DASH }
}

/** Failures in the bin around an instant, and the attempts they are a share of where somebody counts them. */
function errorRows(facts: ReadoutFacts): ReadoutRow[] {
  const { errors, series, plan, at, binMs } = facts
  const from = later(at, binMs / -2)
  const to = later(at, binMs / 2)
  const others = ERROR_CLASSES.filter((name) => name !== 'capacity')
  const other = others.reduce((sum, name) => sum + errors.count(name, from, to), 0)
  const rows = [
    {
      name: `capacity, ${formatDuration(binMs)}`,
      value: formatCount(errors.count('capacity', from, to)),
    },
  ]
  if (plan.attempts) {
    const attempts = sampleThen(series, plan.attempts, at)
    rows.push(
      stepAttempts(facts, plan.attempts) ?? {
        name: 'attempts',
        value: attempts ? formatCount(attempts.value) : DASH,
      },
    )
  }
  return [...rows, { name: 'all other classes', value: formatCount(other) }]
}
