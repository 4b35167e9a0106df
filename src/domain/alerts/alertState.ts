import type { EpochMs } from '../units.ts'
import {
  type Alert,
  type AlertEvent,
  alertKey,
  isWhole,
  type Reading,
  type Subject,
  sizeOf,
} from './alert.ts'
import type { AlertRule } from './alertRule.ts'
import { LATCH_OFF, type Latch, latched, type Says } from './hysteresis.ts'

/** One look of a rule at its subject; the reading is null where it is `unknown`. */
export type Look = { at: EpochMs; says: Says; reading: Reading | null }

/**
 * Where one rule stands with one subject:
 *
 *     inactive ──fire──► pending ──fire, held──► firing ──cleared, kept──► inactive
 *        ▲                  │                      │  ▲
 *        └──cleared,unknown─┘                      └──┘ fire again, unknown
 */
export type AlertState = {
  latch: Latch
  /** The first look that said `fire`; null while inactive. */
  since: EpochMs | null
  alert: Alert | null
}

export const INACTIVE: AlertState = { latch: LATCH_OFF, since: null, alert: null }

export type Phase = 'inactive' | 'pending' | 'firing'

export function phaseOf({ alert, since }: AlertState): Phase {
  if (alert) return 'firing'
  return since === null ? 'inactive' : 'pending'
}

type Held = AlertRule & Subject & { clearSamples: number }

/**
 * The next state. The two levels and the hold times work together: a pending alert fires on a look
 * that says `fire` once the latch has been on for `holdMs`; a firing one ends on the first look that
 * does not say so once the latch has been off for `keepFiringMs`. So both rest on something that was
 * measured at that moment. What is not known begins a hold anew, and ends nothing.
 */
export function advanced(
  state: AlertState,
  look: Look,
  rule: Held,
): { state: AlertState; event: AlertEvent | null } {
  const { at, says, reading } = look
  if (says === 'unknown' || reading === null)
    return { state: state.alert ? state : INACTIVE, event: null }
  const latch = latched(state.latch, says, rule.clearSamples)
  if (state.alert) return kept(state.alert, latch, { at, says, reading }, rule.keepFiringMs)
  if (!latch.isOn) return { state: INACTIVE, event: null }
  const since = state.since ?? at
  if (says !== 'fire' || at - since < rule.holdMs)
    return { state: { latch, since, alert: null }, event: null }
  const alert = fired(rule, since, at, reading)
  return { state: { latch, since, alert }, event: { kind: 'fired', at, alert } }
}

function kept(
  before: Alert,
  latch: Latch,
  { at, says, reading }: { at: EpochMs; says: Says; reading: Reading },
  keepFiringMs: number,
): { state: AlertState; event: AlertEvent | null } {
  const clearedAt = latch.isOn ? null : (before.clearedAt ?? at)
  const isHigher = sizeOf(reading) > sizeOf(before.peak)
  const alert: Alert = {
    ...before,
    severity: isWhole(reading) ? 'critical' : before.severity,
    lastAt: at,
    newest: reading,
    clearedAt,
    ...(isHigher ? { peak: reading, peakAt: at } : {}),
  }
  const isChanged =
    alert.severity !== before.severity || (clearedAt === null) !== (before.clearedAt === null)
  const event = isChanged ? ({ kind: 'changed', at, alert } as const) : null
  if (says === 'fire' || clearedAt === null || at - clearedAt < keepFiringMs)
    return { state: { latch, since: alert.since, alert }, event }
  const ended = { ...alert, endedAt: at }
  return { state: INACTIVE, event: { kind: 'ended', at, alert: ended, reason: 'cleared' } }
}

function fired(rule: Held, since: EpochMs, at: EpochMs, reading: Reading): Alert {
  const { id, name, kind, severity, isStop, metric, cause } = rule
  return {
    id: `${alertKey(id, { metric, cause })} ${at}`,
    rule: id,
    name,
    kind,
    // Of an organisation that is not heard at all nobody knows how bad it is.
    severity: isWhole(reading) ? 'critical' : severity,
    isStop,
    hasCapacity: rule.kind === 'failures' && rule.classes.includes('capacity'),
    metric,
    cause,
    since,
    firedAt: at,
    lastAt: at,
    clearedAt: null,
    endedAt: null,
    newest: reading,
    peak: reading,
    peakAt: at,
    acknowledged: null,
  }
}
