import { reachMs } from '../metrics/usedThen.ts'
import { isOfFile } from '../metrics/ofFile.ts'
import type { Metric } from '../metrics/metric.ts'
import { panelPlan } from '../metrics/panelPlan.ts'
import { inOrder } from '../series/merge.ts'
import type { Series } from '../series/series.ts'
import { within } from '../series/within.ts'
import { type EpochMs, epochMs, later, MINUTE_MS, SECOND_MS } from '../units.ts'
import { type AlertEvent, alertKey } from './alert.ts'
import type { AlertNews } from './alertNews.ts'
import { type AlertRule, type LevelRule, ruleProblem } from './alertRule.ts'
import { type AlertsState, lookTaker } from './alertsState.ts'
import { levelLooks } from './levelLooks.ts'
import { settle } from './settle.ts'
import { bySettling, settlingOf } from './settling.ts'

/**
 * How long after its instant what is counted over time, or not heard, is judged: a feed tells a
 * second when it is over, and is asked every two.
 */
export const SETTLE_MS = 5 * SECOND_MS
/** What is dated further ahead than this is not believed: it would be the newest for ever. */
const MOST_AHEAD_MS = MINUTE_MS

/**
 * What the rules make of the news, up to `now`: the next state, and what fired and ended, oldest
 * first. Live it is called at each poll and once a second, in a backtest with an hour at a time: the
 * outcome follows from the data alone and not from the calls, as long as samples of a metric come in
 * order and nothing comes later than `SETTLE_MS`.
 *
 * Levels are judged sample by sample at once, each by the limit in force at its time; a sample that
 * is older than the last one judged is left out. Counts, silence and leaks are judged in the order of
 * time, `SETTLE_MS` behind. Rules that are off, or that make no sense (`ruleProblem`), are as if they were
 * not there: what they had firing ends. O(news × rules); the state is copied at each call.
 */
export function advanceAlerts(
  before: AlertsState,
  rules: readonly AlertRule[],
  news: AlertNews,
  now: EpochMs,
): { state: AlertsState; events: readonly AlertEvent[] } {
  const state = structuredClone(before)
  const events: AlertEvent[] = []
  const used = rules.filter((rule) => rule.isOn && ruleProblem(rule) === null)
  const heard = believed(news, now)
  const { metrics } = news
  forgetRules(state, events, used, now)
  for (const { metric: id, series } of heard.samples) {
    const metric = metrics.find((one) => one.id === id)
    if (!metric || isOfFile(metric)) continue
    for (const rule of used)
      if (rule.kind === 'level' && isJudgedBy(rule, metric))
        judge(state, events, rule, metric, news, series)
  }
  state.listensSince ??= now
  const attempts = panelPlan(metrics, null).attempts?.id ?? null
  const settling = [...state.waiting, ...settlingOf(heard, attempts)].sort(bySettling)
  const until = epochMs(Math.max(state.settledTo ?? -Infinity, later(now, -SETTLE_MS)))
  const due = settling.filter(({ at }) => at <= until)
  state.waiting = settling.slice(due.length)
  settle(state, events, { rules: used, metrics, due, until })
  state.settledTo = until
  return { state, events: events.sort((a, b) => a.at - b.at) }
}

function believed(news: AlertNews, now: EpochMs): AlertNews {
  const most = later(now, MOST_AHEAD_MS)
  const isBelieved = ({ at }: { at: EpochMs }) => at <= most
  return {
    ...news,
    samples: news.samples.map(({ metric, series }) => ({
      metric,
      series: within(inOrder(series), -Infinity, most),
    })),
    errors: news.errors.filter(isBelieved),
    lapses: news.lapses.filter(isBelieved),
    leaks: news.leaks.filter(isBelieved),
  }
}

/** Queues have no limit that anybody could reach. */
const isJudgedBy = (rule: LevelRule, { id, kind, group }: Metric) =>
  kind === 'gauge' && (rule.metric === null ? group !== 'queue' : rule.metric === id)

function judge(
  state: AlertsState,
  events: AlertEvent[],
  rule: LevelRule,
  metric: Metric,
  { limits }: AlertNews,
  series: Series,
) {
  const subject = { metric: metric.id, cause: null }
  const key = alertKey(rule.id, subject)
  const judged = levelLooks(
    series,
    { limits: limits.get(metric.id) ?? [], reachMs: reachMs(metric), levels: rule.levels },
    state.judged[key] ?? null,
    lookTaker(state, events, rule, subject),
  )
  if (judged) state.judged[key] = judged
}

/** What belongs to rules that are gone goes with them, and is said. */
function forgetRules(
  state: AlertsState,
  events: AlertEvent[],
  rules: readonly AlertRule[],
  now: EpochMs,
) {
  const known = new Set(rules.map(({ id }) => id))
  const ruleOf = (key: string) => (JSON.parse(key) as [string])[0]
  for (const [key, { alert }] of Object.entries(state.alerts)) {
    if (known.has(ruleOf(key))) continue
    if (alert)
      events.push({ kind: 'ended', at: now, alert: { ...alert, endedAt: now }, reason: 'ruleOff' })
    delete state.alerts[key]
  }
  for (const part of [state.judged, state.tiers])
    for (const key of Object.keys(part)) if (!known.has(ruleOf(key))) delete part[key]
  for (const id of Object.keys(state.blind)) if (!known.has(id)) delete state.blind[id]
}
