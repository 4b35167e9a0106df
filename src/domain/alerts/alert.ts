import type { DurationMs, EpochMs, MetricId } from '../units.ts'
import type { AlertRule, Severity } from './alertRule.ts'

/** Why nothing is heard: the token, the way there, a 429, the server; `silent` where nobody said. */
export type BlindCause = 'token' | 'network' | 'rate' | 'server' | 'silent'

/** How bad it is, by the kind of its rule. */
export type Reading =
  | { kind: 'level'; value: number; limit: number; ratio: number }
  /** Of the window that speaks; attempts and burn are null where nobody counts attempts. */
  | {
      kind: 'failures'
      errors: number
      attempts: number | null
      windowMs: DurationMs
      burn: number | null
    }
  | { kind: 'leak'; perIteration: number; floors: number }
  /** `silent` of `expected` metrics are not heard; the last that was heard of any of them. */
  | { kind: 'blind'; silent: number; expected: number; heardAt: EpochMs | null }

/** What a rule watches: one metric, one cause of blindness, or the whole organisation. */
export type Subject = { metric: MetricId | null; cause: BlindCause | null }

/** An alert that fires, or fired, as plain data. */
export type Alert = Subject & {
  /** Unique within an organisation: rule, subject and when it fired. */
  id: string
  rule: string
  name: string
  kind: AlertRule['kind']
  severity: Severity
  isStop: boolean
  /** Whether it counts capacity errors: refusals, which a limit may be behind. */
  hasCapacity: boolean
  /** When it began to hold; it fired a hold time later. */
  since: EpochMs
  firedAt: EpochMs
  /** The last look that knew something. */
  lastAt: EpochMs
  /** Since when it would be over, but for the time it is kept firing. */
  clearedAt: EpochMs | null
  endedAt: EpochMs | null
  newest: Reading
  peak: Reading
  peakAt: EpochMs
  acknowledged: { by: string; at: EpochMs } | null
}

/**
 * `changed`: a warning became critical, or it would be over but for the time it is kept firing, or is
 * not any more. `ended`: `cleared` by what was measured, or `ruleOff`: its rule
 * was switched off.
 */
export type AlertEvent =
  | { kind: 'fired' | 'changed'; at: EpochMs; alert: Alert }
  | { kind: 'ended'; at: EpochMs; alert: Alert; reason: 'cleared' | 'ruleOff' }

/** Whether nothing at all is heard of the organisation. */
export const isWhole = (reading: Reading) =>
  reading.kind === 'blind' && reading.silent >= reading.expected

/** What an alert of a rule is known by while it comes and goes. */
export const alertKey = (rule: string, { metric, cause }: Subject) =>
  JSON.stringify([rule, metric, cause])

/** By how much one reading is worse than another of its kind: what the peak is the highest of. */
export function sizeOf(reading: Reading): number {
  switch (reading.kind) {
    case 'level':
      return reading.ratio
    case 'failures':
      return reading.burn ?? reading.errors
    case 'leak':
      return reading.perIteration
    case 'blind':
      return reading.silent
  }
}
