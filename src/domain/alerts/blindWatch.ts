import { isOfFile } from '../metrics/ofFile.ts'
import type { Metric } from '../metrics/metric.ts'
import { type EpochMs, epochMs, later, type MetricId } from '../units.ts'
import { type AlertEvent, alertKey, type BlindCause } from './alert.ts'
import type { AlertRule, BlindRule } from './alertRule.ts'
import { type AlertsState, lookTaker } from './alertsState.ts'
import {
  BLIND_CAUSES,
  blindAt,
  countBlind,
  fallSilent,
  hearAgain,
  type Lapse,
  NEVER_HEARD,
  silentAfterMs,
} from './blindness.ts'

/** Something of a blind rule that comes with time alone. */
type Deadline = { at: number; meet: (at: EpochMs) => void }

/**
 * Watches for silence: of every level that is asked all the time, and is not of Tidemark's own making.
 * One that is silent for too long joins the alert of its cause, which ends when all of them have been
 * heard again, and stay so for as long as the rule keeps firing.
 */
export function blindWatch(
  state: AlertsState,
  events: AlertEvent[],
  rules: readonly AlertRule[],
  metrics: readonly Metric[],
) {
  const blindRules = rules.filter((rule) => rule.kind === 'blind')
  const expected = metrics.filter(isExpected)
  /** No deadline is earlier: hearing something only moves them on. */
  let nextAt = -Infinity

  const blindOf = (rule: BlindRule) => (state.blind[rule.id] ??= {})
  const heardOf = (metric: MetricId) => state.heard[metric] ?? NEVER_HEARD

  function look(rule: BlindRule, cause: BlindCause, at: EpochMs) {
    const blind = blindOf(rule)
    const says = blind[cause] ? 'fire' : 'clear'
    const heardAt = (blind[cause] ?? []).reduce(
      (newest, metric) => Math.max(newest, heardOf(metric).at ?? -Infinity),
      -Infinity,
    )
    lookTaker(state, events, rule, { metric: null, cause })({
      at,
      says,
      reading: {
        kind: 'blind',
        silent: countBlind(blind),
        expected: expected.length,
        heardAt: Number.isFinite(heardAt) ? epochMs(heardAt) : null,
      },
    })
  }

  function deadlines(rule: BlindRule): Deadline[] {
    const blind = blindOf(rule)
    const isBlind = new Set(BLIND_CAUSES.flatMap((cause) => blind[cause] ?? []))
    const silences = expected
      .filter(({ id }) => !isBlind.has(id))
      .map((metric): Deadline => {
        const heard = heardOf(metric.id)
        return {
          at: blindAt(heard, state.listensSince!, silentAfterMs(metric, rule.holdMs)),
          meet(at) {
            const cause = heard.cause ?? 'silent'
            fallSilent(blind, metric.id, cause)
            look(rule, cause, at)
          },
        }
      })
    return [...silences, ...BLIND_CAUSES.flatMap((cause) => recovery(rule, cause))]
  }

  /** When an alert whose metrics have all been heard again has been kept firing long enough. */
  function recovery(rule: BlindRule, cause: BlindCause): Deadline[] {
    const alert = state.alerts[alertKey(rule.id, { metric: null, cause })]?.alert
    if (!alert || alert.clearedAt === null) return []
    return [{ at: later(alert.clearedAt, rule.keepFiringMs), meet: (at) => look(rule, cause, at) }]
  }

  function judge(isDue: (at: number) => boolean) {
    if (state.listensSince === null) return
    while (isDue(nextAt)) {
      const next = blindRules
        .flatMap(deadlines)
        .reduce<Deadline>((first, one) => (one.at < first.at ? one : first), NEVER)
      nextAt = next.at
      if (!isDue(next.at)) return
      next.meet(epochMs(next.at))
    }
  }

  function leave(rule: BlindRule, metric: MetricId, at: EpochMs) {
    const cause = hearAgain(blindOf(rule), metric)
    if (cause === null) return
    look(rule, cause, at)
    nextAt = -Infinity
  }

  return {
    /** Lets go of what is not asked for any more; what is new has not been silent before. */
    expect() {
      const known = new Set(expected.map(({ id }) => id))
      const at = state.settledTo ?? state.listensSince
      if (at !== null) for (const id of known) state.heard[id] ??= { ...NEVER_HEARD, since: at }
      for (const rule of blindRules)
        for (const cause of BLIND_CAUSES)
          for (const metric of blindOf(rule)[cause] ?? [])
            if (!known.has(metric) && at !== null) leave(rule, metric, at)
    },
    lapsed({ metric, cause }: Lapse) {
      for (const id of metric === null ? expected.map((one) => one.id) : [metric])
        state.heard[id] = { ...heardOf(id), cause }
    },
    heard(metric: MetricId, at: EpochMs) {
      state.heard[metric] = { at, cause: null }
      for (const rule of blindRules) leave(rule, metric, at)
    },
    /** Silences that have lasted long enough before an instant, and at it. */
    judgeBefore: (until: EpochMs) => judge((at) => at < until),
    judgeThrough: (until: EpochMs) => judge((at) => at <= until),
  }
}

const NEVER: Deadline = { at: Infinity, meet: () => undefined }

/** What Tidemark counts of itself says nothing of the organisation. */
const isExpected = (metric: Metric) =>
  metric.kind === 'gauge' &&
  metric.intervalMs !== null &&
  metric.scope !== 'token' &&
  !isOfFile(metric)
