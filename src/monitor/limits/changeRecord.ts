import { createHistoryRefusals } from '#domain/incident/historyRefusals.ts'
import { attemptsAt } from '#domain/limits/attemptsAt.ts'
import { type ComparableChange, comparableChanges } from '#domain/limits/comparableChange.ts'
import type { ComparableLoad } from '#domain/limits/comparableLoad.ts'
import { limitJournal } from '#domain/limits/limitJournal.ts'
import { limitsInForce } from '#domain/limits/limitsInForce.ts'
import { type LimitSteps, withLimitStep } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { horizonsAt } from '#domain/retention.ts'
import {
  DAY_MS,
  type DurationMs,
  durationMs,
  type EpochMs,
  epochMs,
  later,
  type MetricId,
  MINUTE_MS,
  type OrgId,
} from '#domain/units.ts'
import { type History, type KeptSummaries, MOST_ERRORS_READ } from '#sources/history/history.ts'
import type { OrgFacts } from '../orgFacts.ts'
import type { Pacing } from '../pacing.ts'

export type ChangeReader = {
  history: Pick<History, 'read' | 'readSummaries'>
  org: OrgId
  now: () => EpochMs
  pacing: Pacing
}

/** What is known of changes of limits, and of the load around them as far as samples are kept. */
export type ChangeRecord = {
  /** Newest first, of metrics that have samples. */
  changes: readonly ComparableChange[]
  metrics: readonly Metric[]
  limits: ReadonlyMap<MetricId, LimitSteps>
  /** Of a metric, in steps. */
  load: (metric: Metric) => ComparableLoad
  /** Since when samples are kept at the most. */
  keptFrom: EpochMs
  to: EpochMs
}

const COARSE_MS = durationMs(5 * MINUTE_MS)
/** A history that is no longer than this is looked at minute by minute. */
const SHORT_MS = durationMs(2 * DAY_MS)

/** Reads what changes can be judged by; null where it was called off. Seconds, for a full history. */
export async function readChanges(
  { history, org, now, pacing }: ChangeReader,
  facts: Pick<OrgFacts, 'metrics' | 'toldLimits' | 'registry' | 'limitSettings'>,
  isOver: () => boolean,
): Promise<ChangeRecord | null> {
  const to = now()
  const keptFrom = horizonsAt(to).raw
  const coarse = await stepsOf(history, org, { from: keptFrom, to, stepMs: COARSE_MS })
  if (isOver()) return null
  const first = firstStart(coarse.kept)
  const isShort = first !== null && to - first <= SHORT_MS
  const fine = { from: first ?? keptFrom, to, stepMs: MINUTE_MS }
  const { kept, span } = isShort ? await stepsOf(history, org, fine) : coarse
  if (isOver()) return null
  const told = new Map(facts.toldLimits)
  const refusals = createHistoryRefusals(span)
  const turn = pacing()
  for (let from = span.from; from < span.to; from = later(from, DAY_MS)) {
    const end = epochMs(Math.min(span.to, from + DAY_MS))
    const past = await history.read(org, from, later(end, -1), epochMs(Infinity))
    if (isOver()) return null
    for (const { metric, step } of past.limits)
      told.set(metric, withLimitStep(told.get(metric) ?? [], step))
    refusals.add(past.errors, { from, to: end })
    const [oldest] = past.errors
    if (oldest && past.errors.length >= MOST_ERRORS_READ) refusals.miss(from, oldest.at)
    await turn()
  }
  const metrics = merged(facts.metrics, kept.metrics)
  const known = { book: facts.registry, settings: facts.limitSettings, metrics, told }
  const byMetric = new Map(kept.summaries.map(({ metric, steps }) => [metric, steps]))
  const refused = Float64Array.from(refusals.counts(), (count) => count ?? Number.NaN)
  const isLevel = (id: MetricId) => metrics.some((one) => one.id === id && one.kind === 'gauge')
  const column = (metric: MetricId | null, of: 'sum' | 'max') => {
    const values = new Float64Array(refused.length).fill(Number.NaN)
    const steps = metric === null ? undefined : byMetric.get(metric)
    steps?.startMs.forEach((start, i) => {
      const at = Math.round((start - span.from) / span.stepMs)
      if (steps.count[i]! > 0 && at >= 0 && at < values.length) values[at] = steps[of][i]!
    })
    return values
  }
  return {
    changes: comparableChanges(limitJournal(known)).filter(({ metric }) => isLevel(metric)),
    metrics,
    limits: limitsInForce(known),
    load: (metric) => ({
      stepMs: span.stepMs,
      startMs: refused.map((_, i) => span.from + i * span.stepMs),
      attempts: column(attemptsAt(metric, metrics)?.id ?? null, 'sum'),
      refused,
      highest: column(metric.id, 'max'),
    }),
    keptFrom,
    to,
  }
}

type Steps = { from: EpochMs; to: EpochMs; stepMs: DurationMs }

/** The steps of a stretch, its ends moved outwards onto the grid. */
async function stepsOf(history: ChangeReader['history'], org: OrgId, { from, to, stepMs }: Steps) {
  const span = {
    from: epochMs(Math.floor(from / stepMs) * stepMs),
    to: epochMs(Math.ceil(to / stepMs) * stepMs),
    stepMs,
  }
  return { span, kept: await history.readSummaries(org, span.from, span.to, stepMs) }
}

function firstStart({ summaries }: KeptSummaries): EpochMs | null {
  const starts = summaries.flatMap(({ steps }) => steps.startMs[0] ?? [])
  return starts.length === 0 ? null : epochMs(starts.reduce((a, b) => Math.min(a, b)))
}

/** What is on watch comes first; what only the history knows after it. */
function merged(watched: readonly Metric[], kept: readonly Metric[]): readonly Metric[] {
  const known = new Set(watched.map(({ id }) => id))
  return [...watched, ...kept.filter(({ id }) => !known.has(id))]
}
