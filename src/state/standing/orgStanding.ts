import { AT_LIMIT_RATIO, usedRatio } from '#domain/metrics/headroom.ts'
import { limitAt, type LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type MetricState, metricState } from '#domain/metrics/metricState.ts'
import type { SourceNews } from '#domain/metrics/sourceNews.ts'
import { panelPlan, tileMetrics } from '#domain/metrics/panelPlan.ts'
import { reachMs } from '#domain/metrics/usedThen.ts'
import { elapsed, type EpochMs, epochMs, HOUR_MS, later } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { Sample } from '#monitor/seriesStore.ts'
import { sourceNews, sourceOf } from '../sourceNews.ts'

/** How a whole organisation stands: the worst of its metrics, or why nobody can say. */
export type OrgState = MetricState | 'signedOut'

/** How a watched organisation stands now, as plain data: what the overview and the menu show of it. */
export type OrgStanding = {
  state: OrgState
  /** Since when it has been at the limit, or nothing was heard; null where that is not known or not asked. */
  since: EpochMs | null
  /** Why it cannot be read, in a few words: `no reply, network`. */
  reason: string | null
  /** The metric that speaks for it; null where none is known. */
  metric: Metric | null
  /** Of that metric; null where no number may be shown. */
  value: number | null
  limit: number | null
  /** Also of a number that is too old to be shown: what goes blind keeps its place among the others. */
  lastRatio: number | null
  /** The highest value of the last hour, and when. */
  peak: { value: number; at: EpochMs } | null
  /** Refused by a capacity within the last hour. */
  refusedLastHour: number
  /** Other metrics with a limit that cannot be read at present. */
  unread: number
  isSignedOut: boolean
}

type Reading = {
  metric: Metric
  state: MetricState
  latest: Sample | null
  limit: number | null
  lastRatio: number | null
  reason: string | null
}

const SEVERITY = { atLimit: 3, critical: 2, warn: 1, ok: 0 } as const
type Usage = keyof typeof SEVERITY

const isUsage = (state: MetricState): state is Usage => state in SEVERITY

/**
 * The state of an organisation. What is measured and not well speaks first, the fullest metric ahead.
 * Where all that is measured is well, but connections (or what stands in their place) cannot be read, that is
 * what has to be said: nobody may take it for well.
 */
export function orgStanding(
  facts: OrgFacts,
  { series, errors }: Pick<OrgMonitor, 'series' | 'errors'>,
  now: EpochMs,
): OrgStanding {
  const readings = tileMetrics(facts.metrics).map((metric) => readingOf(facts, series, metric, now))
  const spoken = speakerOf(readings, facts)
  const isSignedOut = facts.session.kind === 'signedOut'
  const state = stateOf(spoken, isSignedOut)
  const from = later(now, -1 * HOUR_MS)
  const range = spoken && series.range(spoken.metric.id, from, now)
  return {
    state,
    since: sinceOf(facts, series, spoken, now),
    reason: state === 'signedOut' ? 'signed out' : (spoken?.reason ?? null),
    metric: spoken?.metric ?? null,
    value: spoken && isShown(spoken.state) ? (spoken.latest?.value ?? null) : null,
    limit: spoken?.limit ?? null,
    lastRatio: spoken?.lastRatio ?? null,
    peak: range && { value: range.max, at: range.maxAt },
    refusedLastHour: errors.count('capacity', from, epochMs(now + 1)),
    unread: readings.filter((one) => one !== spoken && one.limit !== null && isUnread(one)).length,
    isSignedOut,
  }
}

const isLate = (state: MetricState) => state === 'blind' || state === 'stale'
const isUnread = ({ state }: Reading) => isLate(state)
const isShown = (state: MetricState) => isUsage(state) || state === 'unknown' || state === 'stale'

function readingOf(
  { sources, limits }: OrgFacts,
  series: OrgMonitor['series'],
  metric: Metric,
  now: EpochMs,
): Reading {
  const source = sourceNews(sourceOf(sources, metric.id))
  const latest = series.latest(metric.id)
  const limit = limitAt(limits.get(metric.id) ?? [], now)
  const state = metricState({ metric, latest, limit, source, now })
  return {
    metric,
    state,
    latest,
    limit,
    lastRatio: latest && usedRatio(latest.value, limit),
    reason: reasonOf(source, state),
  }
}

function reasonOf(source: SourceNews, state: MetricState): string | null {
  if (source.kind === 'failing' || source.kind === 'off') return source.reason
  if (source.kind === 'signedOut') return 'signed out'
  return isLate(state) ? 'no reply' : null
}

/** Worst first; equals by how full they are. */
const byUse = (a: Reading, b: Reading) =>
  SEVERITY[b.state as Usage] - SEVERITY[a.state as Usage] || (b.lastRatio ?? 0) - (a.lastRatio ?? 0)

/** The metric that speaks for the organisation. */
function speakerOf(readings: readonly Reading[], { metrics }: OrgFacts): Reading | null {
  const [worst] = readings.filter(({ state }) => isUsage(state)).toSorted(byUse)
  if (worst && worst.state !== 'ok') return worst
  const plan = panelPlan(metrics, null)
  const [first] = [...plan.connections, ...plan.sessions]
  const judged = readings.find(({ metric }) => metric.id === first?.id) ?? null
  if (judged && isUnread(judged) && judged.limit !== null) return judged
  if (worst) return worst
  const isOther = (one: Reading) => Number(one !== judged)
  const [found = null] = readings.toSorted(
    (a, b) =>
      unwellRank(a) - unwellRank(b) ||
      isOther(a) - isOther(b) ||
      (b.lastRatio ?? -1) - (a.lastRatio ?? -1),
  )
  return found
}

const UNWELL_RANKS: Partial<Record<MetricState, number>> = {
  stale: 0,
  unknown: 2,
  loading: 4,
  off: 5,
}

/** Where nothing can be held against a limit: a number without one says more than one that is gone. */
function unwellRank({ state, limit }: Reading): number {
  if (state === 'blind') return limit === null ? 3 : 1
  return UNWELL_RANKS[state] ?? 6
}

function stateOf(spoken: Reading | null, isSignedOut: boolean): OrgState {
  if (isSignedOut && (!spoken || !isShown(spoken.state) || spoken.state === 'stale'))
    return 'signedOut'
  return spoken?.state ?? 'loading'
}

/** Nothing further back is looked through: the words say "for over an hour" then. */
const LOOKED_BACK_MS = HOUR_MS

function sinceOf(
  { limits }: OrgFacts,
  series: OrgMonitor['series'],
  spoken: Reading | null,
  now: EpochMs,
): EpochMs | null {
  if (!spoken) return null
  if (spoken.state === 'blind' || spoken.state === 'stale') return spoken.latest?.at ?? null
  if (spoken.state !== 'atLimit') return null
  return atLimitSince(series, spoken.metric, limits.get(spoken.metric.id) ?? [], now)
}

/** The first sample of the stay at the limit that lasts until now; null where it began before the last hour. */
function atLimitSince(
  series: OrgMonitor['series'],
  metric: Metric,
  limits: LimitSteps,
  now: EpochMs,
): EpochMs | null {
  const from = later(now, -1 * LOOKED_BACK_MS)
  const { timeMs, value } = series.slice(metric.id, from, now)
  let since: EpochMs | null = null
  for (let i = timeMs.length - 1; i >= 0; i--) {
    const at = epochMs(timeMs[i]!)
    const ratio = usedRatio(value[i]!, limitAt(limits, at))
    const isJoined = since === null || elapsed(at, since) <= reachMs(metric)
    if (ratio === null || ratio < AT_LIMIT_RATIO || !isJoined) return since
    since = at
  }
  return since !== null && elapsed(from, since) > reachMs(metric) ? since : null
}
