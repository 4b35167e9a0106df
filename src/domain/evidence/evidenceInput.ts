import { gradeContext } from '../errors/gradeContext.ts'
import { gradeCounts } from '../errors/grades.ts'
import type { ErrorEvent } from '../errors/errorEvent.ts'
import { isFileKind } from '../fileKind.ts'
import { type LimitSteps, limitStepAt } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { isOfFile } from '../metrics/ofFile.ts'
import type { Series } from '../series/series.ts'
import { iterationsOf, type Run } from '../timeline/iterations.ts'
import type { Marker } from '../timeline/marker.ts'
import { numberedByName } from '../timeline/namedNumber.ts'
import { type DurationMs, type EpochMs, later, type MetricId } from '../units.ts'
import type { EvidenceInput, WatchedRun } from './evidence.ts'
import { guardsIn } from './raise/guards.ts'
import { failureColumns, failureProfile } from './verdict/failureProfile.ts'
import type { WatchedSeries } from './watchedSeries.ts'

/** What the evidence is about. */
export type Subject = {
  /** The metric whose limit is on trial; null where there is none. */
  metric: Metric | null
  /** What counts the attempts that its errors are a share of; null where nobody does. */
  attempts: Metric | null
}

/** Where the evidence of a window is read from: what is being watched, or an incident. */
export type EvidenceSources = {
  metrics: readonly Metric[]
  limits: ReadonlyMap<MetricId, LimitSteps>
  markers: readonly Marker[]
  /** Raw samples of a metric in [from, to], oldest first. */
  slice: (metric: MetricId, from: EpochMs, to: EpochMs) => Series
  /** Failures in [from, to), oldest first. */
  errors: (from: EpochMs, to: EpochMs) => readonly ErrorEvent[]
  /** Tidemark's own connections within the subject's count. */
  own: number
  clockErrorMs: DurationMs | null
}

/** Fewer floors than these say nothing about a leak. */
const FLOORS_WANTED = 4

type Question = {
  subject: Subject
  /** The window that is judged. */
  look: { from: EpochMs; to: EpochMs }
  /** How far before the window the columns reach back, for earlier looks. */
  backMs: number
  isDetailed: boolean
  /** Whether "when will the limit be reached" has a meaning: the window ends now. */
  isNow: boolean
}
type Known = Question & { sources: EvidenceSources }

/**
 * What the evidence of a window needs, copied out of where it is kept: columns that a worker can be
 * handed. Clients are left to the caller, since they are told in another shape.
 */
export function evidenceInput(sources: EvidenceSources, question: Question): EvidenceInput {
  const known = { ...question, sources }
  const { subject, look, backMs, isNow, isDetailed } = question
  const { metrics, limits, markers, slice } = sources
  const { to } = look
  const from = later(look.from, -backMs)
  const watched = (metric: Metric) => watchedSeries(sources, metric, from, to)
  const others = metrics.filter(
    (metric) => isRival(metric, limits) && metric.id !== subject.metric?.id,
  )
  const rivals = others.map(watched).filter(({ series }) => series.timeMs.length > 0)
  const main = subject.metric && watched(subject.metric)
  const events = sources.errors(from, to)
  const failures = events.filter(({ at }) => at >= look.from)
  const refused = events.filter((event) => event.class === 'capacity')
  const grades = gradeCounts(
    refused.filter(({ at }) => at >= look.from),
    gradeContext({ metrics, limits, markers, slice, judged: subject.metric }, look.from, look.to),
  )
  return {
    ...look,
    subject: main,
    rivals,
    forecasts: isNow ? [...(main && hasLimit(main.limits) ? [main] : []), ...rivals] : [],
    capacity: failureColumns(ofWhoCounts(refused, subject.attempts)),
    profile: failureProfile(failures, grades),
    attempts: subject.attempts && slice(subject.attempts.id, from, to),
    clients: null,
    run: subject.metric && watchedRun(known, subject.metric),
    guards: guardsIn(metrics, (id) => slice(id, from, to)),
    own: sources.own,
    isDetailed,
    clockErrorMs: sources.clockErrorMs,
  }
}

/** A level of the organisation, watched all the time, whose limit is known. */
const isRival = (
  { id, kind, group, intervalMs }: Metric,
  limits: ReadonlyMap<MetricId, LimitSteps>,
) => kind === 'gauge' && group !== 'queue' && intervalMs !== null && hasLimit(limits.get(id) ?? [])

const hasLimit = (steps: LimitSteps) => steps.some(({ value }) => value !== null)

function watchedSeries(
  { limits, slice }: EvidenceSources,
  metric: Metric,
  from: EpochMs,
  to: EpochMs,
): WatchedSeries {
  const { id, title, provenance, scope, intervalMs } = metric
  return {
    metric: id,
    title,
    provenance,
    scope,
    intervalMs,
    series: slice(id, from, to),
    limits: stepsWithin(limits.get(id) ?? [], from, to),
  }
}

/**
 * The failures that are a share of these attempts. Results of a load tool beside a feed tell the same
 * handshakes once more: where whoever counts the attempts tells failures, those of the others are not
 * added to them.
 */
function ofWhoCounts(
  refused: readonly ErrorEvent[],
  attempts: Metric | null,
): readonly ErrorEvent[] {
  if (!attempts) return refused
  const own = refused.filter(({ source }) => isFileKind(source) === isOfFile(attempts))
  return own.length > 0 ? own : refused
}

/** The step in force at the start, and those that follow within the window. */
function stepsWithin(steps: LimitSteps, from: EpochMs, to: EpochMs): LimitSteps {
  const first = limitStepAt(steps, from)
  const next = steps.filter((step) => step.from > from && step.from <= to)
  return first ? [first, ...next] : next
}

/**
 * The newest load test that touches the window and has left floors enough to compare; where none
 * has, the newest one. Files have runs of their own, which the organisation's floors know nothing
 * of.
 */
function watchedRun({ sources, look }: Known, metric: Metric): WatchedRun | null {
  const runs = iterationsOf(sources.markers, look.to).filter(
    ({ isFile, from, to }) => !isFile && from < look.to && (to ?? look.to) > look.from,
  )
  const run = runs.findLast(hasFloors) ?? runs.at(-1)
  if (!run) return null
  const slice = ({ id }: Metric) => sources.slice(id, run.from, look.to)
  const clientSide = sources.metrics.find(isClientSide)
  return {
    iterations: numberedByName(run.iterations),
    series: slice(metric),
    clientSide: clientSide ? slice(clientSide) : null,
  }
}

const hasFloors = ({ iterations }: Run) =>
  iterations.filter(({ to }) => to !== null).length >= FLOORS_WANTED

/** What instrumented clients say that they have open themselves, counted all the time. */
const isClientSide = ({ kind, group, scope, intervalMs }: Metric) =>
  kind === 'gauge' && group === 'connections' && scope === 'sampledClients' && intervalMs !== null
