import type { ErrorEvent } from '../errors/errorEvent.ts'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import type { Metric } from '../metrics/metric.ts'
import { lowerBound } from '../series/lowerBound.ts'
import { inOrder } from '../series/merge.ts'
import { EMPTY_SERIES, type Series } from '../series/series.ts'
import { within } from '../series/within.ts'
import type { Marker } from '../timeline/marker.ts'
import { type EpochMs, epochMs, HOUR_MS, later, type MetricId } from '../units.ts'
import { advanceAlerts, SETTLE_MS } from './advanceAlerts.ts'
import type { Alert, AlertEvent } from './alert.ts'
import type { AlertNews } from './alertNews.ts'
import type { AlertRule } from './alertRule.ts'
import type { Away } from './awayIn.ts'
import { activeAlerts, type AlertsState, listeningAgain, NO_ALERTS } from './alertsState.ts'
import type { AlertMessage } from './announcements.ts'
import { type Lapse, lapsesOfErrors } from './blindness.ts'
import { leakLooks } from './leakLooks.ts'
import { messagesOf } from './messagesOf.ts'
import { type Unjudged, unjudgedOf } from './unjudged.ts'

/** What was recorded of an organisation in [from, to): what rules are tried on. */
export type AlertRecord = {
  from: EpochMs
  to: EpochMs
  metrics: readonly Metric[]
  limits: ReadonlyMap<MetricId, LimitSteps>
  samples: readonly { metric: MetricId; series: Series }[]
  errors: readonly ErrorEvent[]
  markers: readonly Marker[]
  /** Null: read from Tidemark's own failed requests. */
  lapses: readonly Lapse[] | null
  /** The metric that leaks are looked for in; null for none. */
  leaksOf: MetricId | null
  /** From when on a metric is expected, where that is later than `from`. */
  askedFrom?: ReadonlyMap<MetricId, EpochMs>
  /** When Tidemark itself was not there, oldest first: that silence is no blindness. Missing: never. */
  away?: readonly Away[]
}

/** What one rule would have done. */
export type RuleBacktest = {
  rule: string
  /** Oldest first; `endedAt` is null for one that still fires at the end. */
  firings: readonly Alert[]
  /** All firings together, and the longest one, cut at the record's end. */
  totalMs: number
  longestMs: number
}

export type Backtest = {
  rules: readonly RuleBacktest[]
  /** What people would have been sent, with inhibition, quiet windows and grouping. */
  messages: readonly AlertMessage[]
  unjudged: readonly Unjudged[]
}

/** The engine copies its state at each call and sorts what it is given: neither should be much. */
const STEP_MS = HOUR_MS

/**
 * Rules tried on what was recorded, by the very engine that runs live: each rule's firings are those
 * that it would have had live from `from` on. Windows that reach back further than the record are not
 * judged, so a rule on three days says nothing in the first three. `progress` hears how far it has
 * come, 0–1. O(samples + errors) for each rule.
 */
export function backtest(
  record: AlertRecord,
  rules: readonly AlertRule[],
  progress: (share: number) => void = () => undefined,
): Backtest {
  const { from, to, metrics, limits, samples } = record
  const newsIn = newsReader(record)
  let state: AlertsState = NO_ALERTS
  const events: AlertEvent[] = []
  for (const { start, end, isBack } of partsOf(record)) {
    if (isBack) state = listeningAgain(state, start)
    // What settles a little later belongs to the last part.
    const now = end === to ? later(end, SETTLE_MS) : end
    const next = advanceAlerts(state, rules, newsIn(start, end), now)
    state = next.state
    events.push(...next.events)
    progress((end - from) / (to - from))
  }
  events.sort((a, b) => a.at - b.at)
  const firings = [
    ...events.flatMap(({ kind, alert }) => (kind === 'ended' ? [alert] : [])),
    ...activeAlerts(state),
  ].sort((a, b) => a.firedAt - b.firedAt)
  return {
    rules: rules.map(({ id }) =>
      ruleBacktest(
        id,
        firings.filter((alert) => alert.rule === id),
        to,
      ),
    ),
    messages: messagesOf(events, record),
    unjudged: metrics
      .filter(({ kind }) => kind === 'gauge')
      .map((metric) => {
        const { series = EMPTY_SERIES } = samples.find((one) => one.metric === metric.id) ?? {}
        return unjudgedOf(metric, series, limits.get(metric.id) ?? [], { from, to })
      }),
  }
}

type Part = { start: EpochMs; end: EpochMs; isBack: boolean }

/** [from, to) without what nobody saw, in parts that end where a metric comes to be expected. */
function partsOf({ from, to, askedFrom, away = [] }: AlertRecord): readonly Part[] {
  const begins = [...(askedFrom?.values() ?? [])].sort((a, b) => a - b)
  const parts: Part[] = []
  function add(since: number, until: number) {
    for (let start = since; start < until; ) {
      const nextBegin = begins.find((at) => at > start) ?? Infinity
      const end = Math.min(until, start + STEP_MS, nextBegin)
      parts.push({ start: epochMs(start), end: epochMs(end), isBack: start === since })
      start = end
    }
  }
  let since: number = from
  for (const one of away) {
    add(since, Math.min(one.from, to))
    since = Math.max(since, one.to)
  }
  add(since, to)
  return parts
}

function ruleBacktest(rule: string, firings: readonly Alert[], to: EpochMs): RuleBacktest {
  const lengths = firings.map(({ firedAt, endedAt }) => Math.max(0, (endedAt ?? to) - firedAt))
  return {
    rule,
    firings,
    totalMs: lengths.reduce((sum, length) => sum + length, 0),
    longestMs: lengths.reduce((longest, length) => Math.max(longest, length), 0),
  }
}

/** Gives what a stretch [start, end) of a record would have brought. */
function newsReader({ metrics, limits, markers, leaksOf, askedFrom, ...record }: AlertRecord) {
  const samples = record.samples.map(({ metric, series }) => ({ metric, series: inOrder(series) }))
  const errors = inTime(record.errors)
  const lapses = inTime(record.lapses ?? lapsesOfErrors(record.errors))
  const leaking = samples.find(({ metric }) => metric === leaksOf)
  return (start: EpochMs, end: EpochMs): AlertNews => ({
    metrics: metrics.filter(({ id }) => (askedFrom?.get(id) ?? -Infinity) < end),
    limits,
    samples: samples.map(({ metric, series }) => ({
      metric,
      series: within(series, start, end - 1),
    })),
    errors: errors(start, end),
    lapses: lapses(start, end),
    leaks: leaking
      ? leakLooks(
          {
            metric: leaking.metric,
            markers,
            limits: limits.get(leaking.metric) ?? [],
            slice: (from, to) => within(leaking.series, from, to),
            own: 0,
          },
          later(start, -1),
          later(end, -1),
        )
      : [],
  })
}

/** Gives those of [start, end), oldest first. */
function inTime<T extends { at: EpochMs }>(all: readonly T[]) {
  const sorted = all.toSorted((a, b) => a.at - b.at)
  const times = Float64Array.from(sorted, ({ at }) => at)
  return (start: EpochMs, end: EpochMs) =>
    sorted.slice(lowerBound(times, start), lowerBound(times, end))
}
