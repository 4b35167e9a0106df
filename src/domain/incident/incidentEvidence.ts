import { isFileKind } from '../fileKind.ts'
import type { ErrorEvent } from '../errors/errorEvent.ts'
import { attemptsOf } from '../evidence/demand/attempts.ts'
import type { EvidenceInput, EvidenceReport } from '../evidence/evidence.ts'
import { evidenceInput, type Subject } from '../evidence/evidenceInput.ts'
import { evidenceOf } from '../evidence/evidenceOf.ts'
import { type LimitSteps, limitAt } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { isOfFile } from '../metrics/ofFile.ts'
import { panelPlan } from '../metrics/panelPlan.ts'
import { EMPTY_SERIES, type Series } from '../series/series.ts'
import { within } from '../series/within.ts'
import type { EpochMs, MetricId } from '../units.ts'
import type { Incident, Span } from './incident.ts'

/** Everything that can be said of an incident. Long work: call it in a worker. */
export const incidentEvidence = (incident: Incident): EvidenceReport =>
  evidenceOf(incidentInput(incident))

/** What the evidence of an incident, or of a part of it, is worked out from. */
export function incidentInput(incident: Incident, span: Span = incident): EvidenceInput {
  const { metrics, markers, own, clockErrorMs } = incident
  const limits = limitsOf(incident)
  const errors = countedOnce(incident.errors)
  const input = evidenceInput(
    {
      metrics,
      limits,
      markers,
      slice: slicesOf(incident),
      errors: (from, to) => errors.filter(({ at }) => at >= from && at < to),
      own,
      clockErrorMs,
    },
    {
      subject: incidentSubject(incident),
      look: { from: span.from, to: span.to },
      backMs: 0,
      isDetailed: true,
      isNow: false,
    },
  )
  return { ...input, clients: incident.clients.length > 0 ? attemptsOf(incident.clients) : null }
}

/** The limits of an incident by metric. */
export const limitsOf = ({ limits }: Incident): ReadonlyMap<MetricId, LimitSteps> =>
  new Map(limits.map(({ metric, steps }) => [metric, steps]))

/**
 * What an incident is about: the best count of connections with a known limit, else of sessions, else
 * the best one; and what counts the attempts on it: of the organisation, or of the file it comes from.
 */
export function incidentSubject(incident: Incident): Subject {
  const limits = limitsOf(incident)
  const plan = panelPlan(incident.metrics, null)
  const levels = [...plan.connections, ...plan.sessions]
  const isJudged = ({ id }: Metric) =>
    (limits.get(id) ?? []).some(({ from, value }) => value !== null && from < incident.to) ||
    limitAt(limits.get(id) ?? [], incident.from) !== null
  const metric = levels.find(isJudged) ?? levels[0] ?? null
  return { metric, attempts: plan.attempts ?? attemptsBeside(incident.metrics, metric) }
}

/** The attempts of the file that a level comes from, else of the first file. */
function attemptsBeside(metrics: readonly Metric[], level: Metric | null): Metric | null {
  const counts = metrics.filter((metric) => metric.kind === 'count' && isOfFile(metric))
  return counts.find(({ origin }) => origin === level?.origin) ?? counts[0] ?? null
}

/**
 * Failures without those that two sources tell of: a feed counts what all clients met, those of a load
 * test included, so that files beside it are no second failures. They are still drawn and listed.
 */
export function countedOnce(errors: readonly ErrorEvent[]): readonly ErrorEvent[] {
  const isWatched = errors.some(
    ({ source, class: name }) => source === 'feed' && name === 'capacity',
  )
  return isWatched ? errors.filter(({ source }) => !isFileKind(source)) : errors
}

/** The samples of a metric of an incident in [from, to]. */
export function slicesOf({ samples }: Incident) {
  const known = new Map(samples.map(({ metric, series }) => [metric, series]))
  return (metric: MetricId, from: EpochMs, to: EpochMs): Series =>
    within(known.get(metric) ?? EMPTY_SERIES, from, to)
}
