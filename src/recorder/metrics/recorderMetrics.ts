import type { Alert } from '#domain/alerts/alert.ts'
import { freshness } from '#domain/metrics/freshness.ts'
import { limitAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { elapsed, type EpochMs, later, MINUTE_MS, type OrgId } from '#domain/units.ts'
import type { OrgFacts, SourceStatus } from '#monitor/orgFacts.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { JtlStatus } from '../jtl/followedJtl.ts'
import type { LogNews } from '../log/logNews.ts'
import type { PollListener } from '../watch/pollCounts.ts'
import { createInstruments, type Instruments } from './instruments.ts'
import { metricLabel } from './metricLabel.ts'

/** The recorder's numbers as Prometheus reads them. */
export type RecorderMetrics = {
  /** Counts what was new of an observation. `metrics` tell which of them are counts. */
  heardNews: (org: OrgId, news: LogNews, metrics: readonly Metric[]) => void
  heardPoll: (org: OrgId) => PollListener
  /** Everything as it is now, in the text format. */
  exposition: (
    monitors: readonly OrgMonitor[],
    followed: readonly FollowedFile[],
    alerts: readonly FiringAlert[],
  ) => Promise<{ contentType: string; text: string }>
}

/** An alert that fires, of one organisation. */
type FiringAlert = { organisation: OrgId; alert: Alert }

/** A results file that an organisation's recorder follows: a source like any other. */
type FollowedFile = JtlStatus & { organisation: OrgId }

export function createRecorderMetrics(startedAt: EpochMs): RecorderMetrics {
  const instruments = createInstruments()
  const { registry, errors, attempts, polls } = instruments
  instruments.start.set(startedAt / 1000)

  return {
    heardNews(organisation, news, metrics) {
      for (const { class: errorClass, status, by } of news.errors)
        errors.inc({ organisation, class: errorClass, status: status ?? 'none' }, by)
      const counts = metrics.filter(({ kind }) => kind === 'count')
      const labels = new Map(counts.map((metric) => [metric.id, metricLabel(metric)]))
      // A count that was corrected downwards has been told already: a counter never falls.
      for (const { metric: id, by } of news.sums) {
        const metric = labels.get(id)
        if (metric !== undefined && by > 0) attempts.inc({ organisation, metric }, by)
      }
    },
    heardPoll: (organisation) => (source, failure) =>
      polls.inc({ organisation, source, outcome: failure ? 'failed' : 'ok' }),
    async exposition(monitors, followed, alerts) {
      for (const name of SNAPSHOTS) instruments[name].reset()
      for (const monitor of monitors) tellMonitor(instruments, monitor)
      for (const file of followed) tellFile(instruments, file)
      for (const { organisation, alert } of alerts)
        instruments.alertsFiring.inc({
          organisation,
          rule: alert.rule,
          severity: alert.severity,
        })
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

/** Set anew for every reading: what is not known any more is then absent, and Prometheus marks it stale. */
const SNAPSHOTS = [
  'usage',
  'limit',
  'usedRatio',
  'metricInfo',
  'organisationInfo',
  'sourceUp',
  'lastSuccess',
  'pollsSkipped',
  'budget',
  'requestsLastMinute',
  'requestsInFlight',
  'alertsFiring',
] as const satisfies readonly (keyof Instruments)[]

function tellMonitor(instruments: Instruments, monitor: OrgMonitor) {
  const facts = monitor.facts()
  const { id: organisation, name, region } = facts.organisation
  instruments.organisationInfo.set({ organisation, name, region }, 1)
  for (const metric of facts.metrics) tellMetric(instruments, monitor, facts, metric)
  for (const source of facts.sources) tellSource(instruments, organisation, source)
  const { allowedPerMinute, requestsLastMinute, inFlight } = facts.footprint
  instruments.budget.set({ organisation }, allowedPerMinute)
  instruments.requestsLastMinute.set({ organisation }, requestsLastMinute)
  instruments.requestsInFlight.set({ organisation }, inFlight)
}

function tellMetric(
  { metricInfo, usage, limit, usedRatio }: Instruments,
  monitor: OrgMonitor,
  { organisation: { id: organisation }, limits }: OrgFacts,
  metric: Metric,
) {
  const { id, title, unit, provenance, scope } = metric
  const labels = { organisation, metric: metricLabel(metric) }
  metricInfo.set({ ...labels, title, unit, provenance, scope }, 1)
  const now = monitor.now()
  const value = metric.kind === 'gauge' ? freshValue(monitor, metric, now) : null
  const inForce = limitAt(limits.get(id) ?? [], now)
  if (value !== null) usage.set(labels, value)
  if (inForce !== null) limit.set(labels, inForce)
  if (value !== null && inForce !== null && inForce > 0) usedRatio.set(labels, value / inForce)
}

/** An organisation's clock, or a feed's, may run this much ahead of what is known of it. */
const AHEAD_MS = 10_000

/** The newest value that may still be trusted; null where a gap or nothing is the newest. */
function freshValue(
  { series }: OrgMonitor,
  { id, intervalMs }: Metric,
  now: EpochMs,
): number | null {
  const newest = series.at(id, later(now, AHEAD_MS))
  if (!newest) return null
  const ageMs = elapsed(newest.at, now)
  return freshness(ageMs, intervalMs ?? MINUTE_MS) === 'fresh' ? newest.value : null
}

function tellSource(
  { sourceUp, lastSuccess, pollsSkipped }: Instruments,
  organisation: OrgId,
  { id: source, state, failure, lastOkAt, skippedTicks }: SourceStatus,
) {
  const labels = { organisation, source }
  pollsSkipped.inc(labels, skippedTicks)
  if (lastOkAt !== null) lastSuccess.set(labels, lastOkAt / 1000)
  const isAsked = state !== 'waiting' && !(state === 'off' && isNotThere(failure))
  if (isAsked) sourceUp.set(labels, state === 'ok' ? 1 : 0)
}

/** A file that is not there is nothing that failed: tests end, and recorders are started before them. */
function tellFile(
  { sourceUp, lastSuccess }: Instruments,
  { organisation, file, isUp, lastReadAt }: FollowedFile,
) {
  const labels = { organisation, source: `jtl:${file}` }
  if (lastReadAt !== null) lastSuccess.set(labels, lastReadAt / 1000)
  if (isUp !== null) sourceUp.set(labels, isUp ? 1 : 0)
}

/** Switched off by somebody, or nothing that this organisation has: neither is down. */
const isNotThere = (failure: SourceStatus['failure']) =>
  failure === null || failure.kind === 'absent'
