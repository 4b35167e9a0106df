import type { Metric } from '../metrics/metric.ts'
import type { Marker } from '../timeline/marker.ts'
import { type DurationMs, type EpochMs, later, MINUTE_MS, SECOND_MS } from '../units.ts'
import type { Alert, AlertEvent } from './alert.ts'
import { silencedBy } from './inhibition.ts'
import { type Audience, audienceOf, RUN_GRACE_MS } from './quietWindow.ts'

/** What is said of one alert: that it fires, or that it is over. */
export type AlertLine = { kind: 'fired' | 'ended'; alert: Alert }

/** What is told at once to the same people: one line, or fifty. */
export type AlertMessage = { at: EpochMs; audience: Audience; lines: readonly AlertLine[] }

/** `waits`: a full limit had silenced its refusals; from `releaseAt` on they are news of their own. */
type Held = { id: string; waits: boolean; releaseAt: EpochMs | null }

/** So long do the windows that refusals are counted in still hold what a full limit refused. */
export const LINGER_MS = 30 * MINUTE_MS

/** What was told, and what is still to be. Plain data, kept with the state of the alerts. */
export type Announcements = {
  /** By alert: who was told that it fires. */
  told: Record<string, Audience>
  /** Alerts that fire and were kept quiet so far. */
  held: Held[]
  /** Lines that wait for company. */
  groups: Partial<Record<Audience, { since: EpochMs; lines: AlertLine[] }>>
}

export const NOTHING_TOLD: Announcements = { told: {}, held: [], groups: {} }

type Happened = {
  events: readonly AlertEvent[]
  /** All that fire now. */
  active: readonly Alert[]
  markers: readonly Marker[]
  metrics: readonly Metric[]
}

/** `groupMs`: how long a first line waits for others, so that fifty at once are one message. */
export type AnnounceOptions = { groupMs: DurationMs; graceMs: DurationMs }

export const ANNOUNCE_OPTIONS: AnnounceOptions = {
  groupMs: (10 * SECOND_MS) as DurationMs,
  graceMs: RUN_GRACE_MS,
}

/**
 * Who is to be told what now. Each alert is told once to each audience, when nothing silences it
 * (`silencedBy`), and its end to whom was told of it; what came and went while it was silenced is history alone.
 * What a load test's quiet window gave to the tester goes to the operators once the window is over and it
 * still fires, unless somebody has acknowledged it.
 */
export function announced(
  before: Announcements,
  { events, active, markers, metrics }: Happened,
  now: EpochMs,
  { groupMs, graceMs }: AnnounceOptions = ANNOUNCE_OPTIONS,
): { state: Announcements; messages: readonly AlertMessage[] } {
  const state = structuredClone(before)
  const firing = new Map(active.map((alert) => [alert.id, alert]))

  function say(audience: Audience, line: AlertLine) {
    const group = (state.groups[audience] ??= { since: now, lines: [] })
    group.lines.push(line)
  }

  /** Whether it stays quiet; what would be over by now is no news either, but may become one again. */
  function isKept(held: Held, alert: Alert): boolean {
    const by = silencedBy(alert, active, metrics)
    if (by)
      Object.assign(held, { waits: by.kind === 'level' && alert.hasCapacity, releaseAt: null })
    else if (held.waits) held.releaseAt ??= later(now, LINGER_MS)
    return by !== null || alert.clearedAt !== null || now < (held.releaseAt ?? now)
  }

  for (const { kind, alert } of events) {
    if (kind === 'fired') state.held.push({ id: alert.id, waits: false, releaseAt: null })
    if (kind === 'ended') {
      const audience = state.told[alert.id]
      if (audience) say(audience, { kind, alert })
      delete state.told[alert.id]
    }
  }
  state.held = state.held.filter((held) => {
    const alert = firing.get(held.id)
    if (!alert || isKept(held, alert)) return alert !== undefined
    const audience = audienceOf(alert, markers, now, graceMs)
    state.told[alert.id] = audience
    say(audience, { kind: 'fired', alert })
    return false
  })
  for (const alert of active) {
    if (state.told[alert.id] !== 'tester' || alert.acknowledged || alert.clearedAt !== null)
      continue
    if (audienceOf(alert, markers, now, graceMs) === 'tester') continue
    state.told[alert.id] = 'operators'
    say('operators', { kind: 'fired', alert })
  }
  return { state, messages: dueMessages(state, now, groupMs) }
}

function dueMessages(state: Announcements, now: EpochMs, groupMs: number): AlertMessage[] {
  return (['tester', 'operators'] as const).flatMap((audience) => {
    const group = state.groups[audience]
    if (!group || now - group.since < groupMs) return []
    delete state.groups[audience]
    return [{ at: now, audience, lines: group.lines }]
  })
}
