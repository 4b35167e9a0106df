import { isOfFile } from '../metrics/ofFile.ts'
import { reachMs } from '../metrics/usedThen.ts'
import type { Metric } from '../metrics/metric.ts'
import type { EpochMs } from '../units.ts'
import type { AlertEvent } from './alert.ts'
import type { AlertRule } from './alertRule.ts'
import { type AlertsState, lookTaker } from './alertsState.ts'
import { blindWatch } from './blindWatch.ts'
import { NEVER_HEARD } from './blindness.ts'
import { failureWatch } from './failureWatch.ts'
import type { LeakLook } from './leakLooks.ts'
import type { Settling } from './settling.ts'

type Due = {
  rules: readonly AlertRule[]
  metrics: readonly Metric[]
  /** Oldest first. */
  due: readonly Settling[]
  until: EpochMs
}

/**
 * Judges counts, silence and leaks in the order of their time up to `until`, in a state that is being
 * worked on. At one instant what happened comes first, then the windows and silences that end there: a
 * count of attempts is dated with the end of what it counts.
 */
export function settle(
  state: AlertsState,
  events: AlertEvent[],
  { rules, metrics, due, until }: Due,
) {
  const failures = failureWatch(state, events, rules)
  const blindness = blindWatch(state, events, rules, metrics)
  const leaks = rules.filter((rule) => rule.kind === 'leak')
  const known = new Map(metrics.map((metric) => [metric.id as string, metric]))
  blindness.expect()
  for (const one of due) {
    failures.judgeBefore(one.at)
    blindness.judgeBefore(one.at)
    if (one.kind === 'error') failures.failed(one.class, one.at, one.count)
    else if (one.kind === 'lapse') blindness.lapsed(one)
    else if (one.kind === 'leak') {
      for (const rule of leaks)
        lookTaker(state, events, rule, { metric: one.look.metric, cause: null })(leakSays(one.look))
    } else {
      const metric = known.get(one.metric)
      if (!metric || isOfFile(metric)) continue
      const before = (state.heard[one.metric] ?? NEVER_HEARD).at
      if (before !== null && one.at <= before) continue
      const isJoined = before !== null && one.at - before <= reachMs(metric)
      failures.heard(isJoined ? before : one.at, one.at, one.attempts)
      blindness.heard(one.metric, one.at)
    }
  }
  failures.judgeThrough(until)
  blindness.judgeThrough(until)
}

function leakSays({ at, word, perIteration, floors }: LeakLook) {
  const reading = { kind: 'leak', perIteration: perIteration ?? 0, floors } as const
  if (word === 'leak') return { at, says: 'fire', reading } as const
  return { at, says: word === 'none' ? 'clear' : 'between', reading } as const
}
