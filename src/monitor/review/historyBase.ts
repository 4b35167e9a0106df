import type { Draft } from '#domain/incident/draft.ts'
import type { Incident, Span } from '#domain/incident/incident.ts'
import type { Metric, Thresholds } from '#domain/metrics/metric.ts'
import type { Organisation } from '#domain/organisation.ts'
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
}

export type HistoryReader = {
  history: Pick<History, 'read' | 'readSummaries' | 'flushed'>
  /** By it a window is kept as samples or as summaries. */
  now: () => EpochMs
  pacing: Pacing
}

/**
 * A window of an organisation's history as a review starts from it, with the thresholds in force at
 * its start; beside it what is known in steps, in the tiers that Live shows. The newest day of a long
 * window is at hand there without being read, and is read here.
 */
export async function historyBase(
  { history, now, pacing }: HistoryReader,
  organisation: Organisation,
  window: Span,
  { thresholdsAt, clients, ...live }: LiveSide,
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
  // What goes out of a review is what is in it: a feed's texts are cleaned like a file's.
  const redactor = createRedactor()
  const observation = redactedObservation(
    { ...kept, metrics: kept.metrics.map(asOfThen), clients },
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
