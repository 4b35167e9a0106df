import { durationMs, type EpochMs, epochMs } from '../units.ts'
import { type Alert, type AlertEvent, alertKey, type Reading, type Subject } from './alert.ts'
import type { AlertRule } from './alertRule.ts'
import { type AlertState, advanced, INACTIVE, type Look } from './alertState.ts'
import type { Blind, Heard } from './blindness.ts'
import type { FailureBins } from './failureBins.ts'
import type { Says } from './hysteresis.ts'
import type { Judged } from './levelLooks.ts'
import type { Settling } from './settling.ts'

/** One pair of windows of a failure rule, and what it said last. */
export type TierState = {
  /** The windows as they were when counting began: others begin anew. */
  windows: string
  bins: FailureBins
  dueAt: EpochMs | null
  says: Says
  reading: Reading | null
}

/**
 * Everything the alerts of one organisation remember. Plain data: it outlives a reload as JSON, and
 * what follows from it is the same as if nobody had stopped.
 */
export type AlertsState = {
  /** Silence is counted from here on; null before anything was looked at. */
  listensSince: EpochMs | null
  /** Up to here counts and silence are judged; what comes later has time to arrive. */
  settledTo: EpochMs | null
  /** What was told of the time after that. */
  waiting: Settling[]
  /** By alert key; what is inactive is left out. */
  alerts: Record<string, AlertState>
  judged: Record<string, Judged>
  tiers: Record<string, TierState>
  heard: Record<string, Heard>
  /** By rule. */
  blind: Record<string, Blind>
}

export const NO_ALERTS: AlertsState = {
  listensSince: null,
  settledTo: null,
  waiting: [],
  alerts: {},
  judged: {},
  tiers: {},
  heard: {},
  blind: {},
}

/** The alerts that fire, oldest first. */
export const activeAlerts = ({ alerts }: AlertsState): readonly Alert[] =>
  Object.values(alerts)
    .flatMap(({ alert }) => alert ?? [])
    .sort((a, b) => a.firedAt - b.firedAt || (a.id < b.id ? -1 : 1))

/** Somebody has seen it. It goes on firing; once it has ended, the next one is a new one. */
export function acknowledged(state: AlertsState, id: string, by: string, at: EpochMs): AlertsState {
  const found = Object.entries(state.alerts).find(([, { alert }]) => alert?.id === id)
  if (!found?.[1].alert) return state
  const [key, known] = found
  const alert: Alert = { ...found[1].alert, acknowledged: { by, at } }
  return { ...state, alerts: { ...state.alerts, [key]: { ...known, alert } } }
}

/**
 * Tidemark itself was away (asleep, closed) and listens again from `at` on: what was not heard
 * meanwhile is no blindness.
 */
export const listeningAgain = (state: AlertsState, at: EpochMs): AlertsState => ({
  ...state,
  listensSince: epochMs(Math.max(state.listensSince ?? at, at)),
})

/**
 * Takes the looks of one rule at one subject into a state that is being worked on; what happens goes to
 * `events`.
 */
export function lookTaker(
  state: AlertsState,
  events: AlertEvent[],
  rule: AlertRule,
  subject: Subject,
) {
  const key = alertKey(rule.id, subject)
  const clearSamples = rule.kind === 'level' ? rule.levels.clearSamples : 1
  // The silence itself has lasted that long when it is looked at.
  const holdMs = rule.kind === 'blind' ? durationMs(0) : rule.holdMs
  const held = { ...rule, ...subject, holdMs, clearSamples }
  return (look: Look) => {
    const known = state.alerts[key] ?? INACTIVE
    const next = advanced(known, look, held)
    if (next.event) events.push(next.event)
    if (next.state === known) return
    if (next.state === INACTIVE) delete state.alerts[key]
    else state.alerts[key] = next.state
  }
}
