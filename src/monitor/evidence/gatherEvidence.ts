import { gradeContext } from '#domain/errors/gradeContext.ts'
import { gradeCounts } from '#domain/errors/grades.ts'
import type { EvidenceInput, WatchedRun } from '#domain/evidence/evidence.ts'
import { failureColumns, failureProfile } from '#domain/evidence/verdict/failureProfile.ts'
import type { WatchedSeries } from '#domain/evidence/watchedSeries.ts'
import { type LimitSteps, limitStepAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { iterationsOf, type Run } from '#domain/timeline/iterations.ts'
import { numberedByName } from '#domain/timeline/namedNumber.ts'
import { type EpochMs, later } from '#domain/units.ts'
import type { OrgFacts } from '../orgFacts.ts'
import type { OrgMonitor } from '../orgMonitor.ts'
import type { EvidenceRequest, Look } from './evidenceRequest.ts'

/** What the evidence is about. */
export type Subject = {
  /** The metric whose limit is on trial; null where there is none. */
  metric: Metric | null
  /** What counts the attempts that its errors are a share of; null where nobody does. */
  attempts: Metric | null
}

/** Fewer floors than these say nothing about a leak. */
const FLOORS_WANTED = 4
/** Queue metrics that a raised limit must not harm: those of all media together. */
const GUARDED = /^acd\.(waiting|longestWaiting|abandon\w*)$/i

type Known = {
  monitor: Pick<OrgMonitor, 'series' | 'errors' | 'clients'>
  facts: OrgFacts
  subject: Subject
  look: Look
  /** How far before the window the columns reach back, for earlier looks. */
  backMs: number
  isDetailed: boolean
  /** Whether "when will the limit be reached" has a meaning: the window ends now. */
  isNow: boolean
}

/**
 * Copies what the evidence of a window needs out of the stores: columns that a worker can be
 * handed.
 */
export function gatherEvidence(known: Known): Omit<EvidenceRequest, 'earlier'> {
  const { monitor, facts, subject, look, backMs, isNow, isDetailed } = known
  const { to } = look
  const from = later(look.from, -backMs)
  const watched = (metric: Metric) => watchedSeries(known, metric, from, to)
  const others = facts.metrics.filter(
    (metric) => isRival(metric, facts) && metric.id !== subject.metric?.id,
  )
  const rivals = others.map(watched).filter(({ series }) => series.timeMs.length > 0)
  const main = subject.metric && watched(subject.metric)
  const events = monitor.errors.between(from, to)
  const failures = events.filter(({ at }) => at >= look.from)
  const capacity = events.filter((event) => event.class === 'capacity')
  const grades = gradeCounts(
    capacity.filter(({ at }) => at >= look.from),
    gradeContext(
      { ...facts, slice: monitor.series.slice, judged: subject.metric },
      look.from,
      look.to,
    ),
  )
  const input: EvidenceInput = {
    ...look,
    subject: main,
    rivals,
    forecasts: isNow ? [...(main && hasLimit(main.limits) ? [main] : []), ...rivals] : [],
    capacity: failureColumns(capacity),
    profile: failureProfile(failures, grades),
    attempts: subject.attempts && monitor.series.slice(subject.attempts.id, from, to),
    clients: null,
    run: subject.metric && watchedRun(known, subject.metric),
    guards: facts.metrics
      .filter(({ id }) => GUARDED.test(id))
      .map(({ id, title }) => ({ title, series: monitor.series.slice(id, from, to) })),
    own: facts.footprint.channels,
    isDetailed,
    clockErrorMs: facts.clock.kind === 'checked' ? facts.clock.errorMs : null,
  }
  return { input, clientEvents: monitor.clients.columns(from, to) }
}

/** A level of the organisation, watched all the time, whose limit is known. */
const isRival = ({ id, kind, group, intervalMs }: Metric, { limits }: OrgFacts) =>
  kind === 'gauge' && group !== 'queue' && intervalMs !== null && hasLimit(limits.get(id) ?? [])

const hasLimit = (steps: LimitSteps) => steps.some(({ value }) => value !== null)

function watchedSeries(
  { monitor, facts }: Known,
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
    series: monitor.series.slice(id, from, to),
    limits: stepsWithin(facts.limits.get(id) ?? [], from, to),
  }
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
function watchedRun({ monitor, facts, look }: Known, metric: Metric): WatchedRun | null {
  const runs = iterationsOf(facts.markers, look.to).filter(
    ({ isFile, from, to }) => !isFile && from < look.to && (to ?? look.to) > look.from,
  )
  const run = runs.findLast(hasFloors) ?? runs.at(-1)
  if (!run) return null
  const slice = ({ id }: Metric) => monitor.series.slice(id, run.from, look.to)
  const clientSide = facts.metrics.find(isClientSide)
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
