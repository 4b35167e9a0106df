import type { ErrorClass } from '../errors/errorEvent.ts'
import { type EpochMs, epochMs } from '../units.ts'
import type { AlertEvent, Reading } from './alert.ts'
import type { AlertRule, FailureRule } from './alertRule.ts'
import { type AlertsState, lookTaker, type TierState } from './alertsState.ts'
import { type BurnTier, burnRate, tierSays, type WindowCount } from './burnRate.ts'
import { addAttempts, addErrors, addHeard, dueAfter, newBins, windowsAt } from './failureBins.ts'
import type { Says } from './hysteresis.ts'

type WatchedTier = { tier: BurnTier; held: TierState }

/** Counts for the failure rules, and looks at them whenever a step of their windows has ended. */
export function failureWatch(
  state: AlertsState,
  events: AlertEvent[],
  rules: readonly AlertRule[],
) {
  const watched = rules
    .filter((rule) => rule.kind === 'failures')
    .map((rule) => ({
      rule,
      tiers: rule.tiers.map((_, i) => watchedTier(state, rule, i)),
      take: lookTaker(state, events, rule, { metric: null, cause: null }),
    }))
  const all = watched.flatMap(({ tiers }) => tiers)
  let nextAt = earliest(all)

  function judge(isDue: (at: number) => boolean) {
    while (isDue(nextAt)) {
      const at = epochMs(nextAt)
      for (const { rule, tiers, take } of watched) {
        const due = tiers.filter(({ held }) => held.dueAt === at)
        for (const one of due) lookAtTier(rule, one, at)
        if (due.length > 0) take({ at, ...worst(tiers) })
      }
      nextAt = earliest(all)
    }
  }

  return {
    /** Looks at the windows that have ended before an instant. */
    judgeBefore: (until: EpochMs) => judge((at) => at < until),
    /** The same, and those that end with it: all that is dated so must have been told. */
    judgeThrough: (until: EpochMs) => judge((at) => at <= until),
    failed(kind: ErrorClass, at: EpochMs, count: number) {
      for (const { rule, tiers } of watched)
        if (rule.classes.includes(kind))
          for (const { held } of tiers) addErrors(held.bins, at, count)
    },
    /** Something was heard at `at`, and nothing was missed since `from`. */
    heard(from: EpochMs, at: EpochMs, attempts: number | null) {
      for (const { held } of all) {
        addHeard(held.bins, from, at)
        if (attempts !== null) addAttempts(held.bins, from, at, attempts)
        if (held.dueAt === null) {
          held.dueAt = dueAfter(held.bins, at)
          nextAt = Math.min(nextAt, held.dueAt)
        }
      }
    },
  }
}

const earliest = (tiers: readonly WatchedTier[]) =>
  tiers.reduce((least, { held }) => Math.min(least, held.dueAt ?? Infinity), Infinity)

/** Windows that were edited begin to count anew. */
function watchedTier(state: AlertsState, { id, classes, tiers }: FailureRule, i: number) {
  const tier = tiers[i]!
  const key = JSON.stringify([id, i])
  const windows = JSON.stringify([tier.longMs, tier.shortMs, classes])
  const known = state.tiers[key]
  const held: TierState =
    known?.windows === windows
      ? known
      : { windows, bins: newBins(tier), dueAt: null, says: 'unknown', reading: null }
  state.tiers[key] = held
  return { tier, held }
}

function lookAtTier({ basis, budget }: FailureRule, { tier, held }: WatchedTier, at: EpochMs) {
  held.dueAt = dueAfter(held.bins, at)
  const windows = windowsAt(held.bins, tier, at)
  const counted = (window: WindowCount) =>
    basis === 'count' ? { ...window, attempts: null } : window
  if (!windows) {
    held.says = 'unknown'
    held.reading = null
    return
  }
  const long = counted(windows.long)
  held.says = tierSays(tier, budget, long, counted(windows.short))
  held.reading = {
    kind: 'failures',
    errors: long.errors,
    attempts: long.attempts,
    windowMs: tier.longMs,
    burn: burnRate(long, budget),
  }
}

const WORST_FIRST: readonly Says[] = ['fire', 'between', 'clear']

/** What the worst of several pairs of windows says; nothing where all lack the history. */
function worst(tiers: readonly WatchedTier[]): { says: Says; reading: Reading | null } {
  for (const says of WORST_FIRST) {
    const found = tiers.find(({ held }) => held.says === says)
    if (found) return { says, reading: found.held.reading }
  }
  return { says: 'unknown', reading: null }
}
