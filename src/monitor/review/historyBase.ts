import { limitsInForce } from '#domain/limits/limitsInForce.ts'
import type { LimitSettings } from '#domain/limits/limitSettings.ts'
import { EMPTY_BOOK, withRegistryFacts } from '#domain/limits/registryBook.ts'
import { type LimitSteps, stepsTouching, withLimitStep } from '#domain/metrics/limitSteps.ts'
import type { Observation } from '#domain/observation.ts'
import type { Draft } from '#domain/incident/draft.ts'
import type { Incident, Span } from '#domain/incident/incident.ts'
import { atKeptPace } from '#domain/metrics/keptPace.ts'
import type { Metric, Thresholds } from '#domain/metrics/metric.ts'
import type { Organisation } from '#domain/organisation.ts'
import { EMPTY_SERIES } from '#domain/series/series.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'
import type { History } from '#sources/history/history.ts'
import { createRedactor } from '#sources/imports/redaction.ts'
import { redactedObservation } from '#sources/imports/redactedObservation.ts'
import type { Pacing } from '../pacing.ts'
import { recallPlan } from '../recallPlan.ts'
import { historySource } from './historySource.ts'
import { type SummarisedWindow, summarisedWindow } from './summarisedWindow.ts'

type Base = Extract<Draft['base'], { kind: 'history' }>

/** What of an organisation on watch belongs to its review and is in no history. */
export type LiveSide = Pick<Base, 'own' | 'clockErrorMs'> & {
  clients: Incident['clients']
  /** The thresholds that were in force for a metric at an instant; null: as the metric says. */
  thresholdsAt: (metric: MetricId, at: EpochMs) => Thresholds | null
  /** What people said of limits: also of a time before they said it. */
  limitSettings: LimitSettings
}

export type HistoryReader = {
  history: Pick<History, 'read' | 'readSummaries' | 'flushed' | 'here'>
  /** By it a window is kept as samples or as summaries. */
  now: () => EpochMs
  pacing: Pacing
}

/**
 * A window of an organisation's history as a review starts from it, with the limits that held, as far
 * as is known today, and the thresholds in force at its start; beside it what is known in steps, in the tiers that Live shows. The newest day of a long
 * window is at hand there without being read, and is read here.
 */
export async function historyBase(
  { history, now, pacing }: HistoryReader,
  organisation: Organisation,
  window: Span,
  { thresholdsAt, limitSettings, clients, ...live }: LiveSide,
): Promise<{ base: Base; summarised: SummarisedWindow | null }> {
  const { from, to } = window
  const { summaries: span, samplesFrom } = recallPlan(from, to, now())
  const [kept, older] = await Promise.all([
    history.read(organisation.id, from, to, span?.to ?? samplesFrom),
    span && history.readSummaries(organisation.id, span.from, span.to, span.stepMs),
  ])
  const steps = span && older && (await summarisedWindow(span, older, pacing()))
  const asOfThen = (metric: Metric): Metric => ({
    ...metric,
    thresholds: thresholdsAt(metric.id, from) ?? metric.thresholds,
  })
  const seriesOf = new Map(kept.samples.map(({ metric, series }) => [metric, series]))
  // What another machine kept may have come at a slower pace.
  const isAsWatched = !history.here?.(organisation.id)
  const asKept = (metric: Metric) =>
    isAsWatched ? metric : atKeptPace(metric, seriesOf.get(metric.id) ?? EMPTY_SERIES)
  // What goes out of a review is what is in it: a feed's texts are cleaned like a file's.
  const redactor = createRedactor()
  const observation = redactedObservation(
    {
      ...kept,
      metrics: kept.metrics.map(asOfThen).map(asKept),
      limits: limitsThen(kept, window, limitSettings),
      clients,
      registry: [],
    },
    redactor,
  )
  const source = {
    ...historySource(observation, window, steps?.span ?? null),
    removals: redactor.removals(),
  }
  return {
    base: { kind: 'history', organisation, observation, source, ...live },
    summarised: steps && { ...steps, metrics: steps.metrics.map(asOfThen) },
  }
}

/** The limits that hold within a window, of all that is known of them. */
function limitsThen(
  { metrics, limits, registry }: Observation,
  { from, to }: Span,
  settings: LimitSettings,
): Observation['limits'] {
  const told = new Map<MetricId, LimitSteps>()
  for (const { metric, step } of limits)
    told.set(metric, withLimitStep(told.get(metric) ?? [], step))
  const { book } = withRegistryFacts(EMPTY_BOOK, registry)
  const inForce = limitsInForce({ told, metrics, book, settings })
  return metrics.flatMap(({ id }) =>
    stepsTouching(inForce.get(id) ?? [], from, to).map((step) => ({ metric: id, step })),
  )
}
