import type { ErrorClass } from '../errors/errorEvent.ts'
import type { DurationMs, MetricId } from '../units.ts'
import { type BurnTier, tierProblem } from './burnRate.ts'
import type { Levels } from './hysteresis.ts'

/** `critical`: somebody has to look now. `warn`: within the day. */
export type Severity = 'critical' | 'warn'

type AnyRule = {
  /** Unique among the rules of an organisation; its alerts are known by it, so it never changes. */
  id: string
  name: string
  severity: Severity
  /** While it fires, a running load test is told to stop. */
  isStop: boolean
  isOn: boolean
  /** How long it must have held before it fires ("for"); for blindness, how long nothing is heard. */
  holdMs: DurationMs
  /** How long it goes on after it was cleared, so that what comes back soon is the same alert. */
  keepFiringMs: DurationMs
}

/** How much of the limit in force is used, as a share: a limit that changes needs no edit. */
export type LevelRule = AnyRule & {
  kind: 'level'
  /** Null: every level of the organisation whose limit is known, queues aside. */
  metric: MetricId | null
  levels: Levels
}

/**
 * How many attempts fail. `share`: burn rate of the budget, and counts where nobody counts the
 * attempts. `count`: counts alone. What Tidemark itself ran into is left to blindness.
 */
export type FailureRule = AnyRule & {
  kind: 'failures'
  classes: readonly ErrorClass[]
  basis: 'share' | 'count'
  /** Share of attempts that may fail over 30 days, 0–1. */
  budget: number
  /** One that speaks is enough. */
  tiers: readonly BurnTier[]
}

/** Floors that rise from iteration to iteration: the word of `leakOf`. */
export type LeakRule = AnyRule & { kind: 'leak' }

/** Nothing is heard of what should answer. */
export type BlindRule = AnyRule & { kind: 'blind' }

/** A rule as people edit it and settings keep it: plain data. */
export type AlertRule = LevelRule | FailureRule | LeakRule | BlindRule

/** Why a rule cannot be used, in a sentence; null where it can. */
export function ruleProblem(rule: AlertRule): string | null {
  if (rule.id.trim() === '' || rule.name.trim() === '') return 'A rule needs a name.'
  if (!isLength(rule.holdMs)) return 'The hold time must be a length of time.'
  if (!isLength(rule.keepFiringMs)) return 'The time to keep firing must be a length of time.'
  if (rule.kind === 'level') return levelsProblem(rule.levels)
  return rule.kind === 'failures' ? failuresProblem(rule) : null
}

function levelsProblem({ fireAt, clearBelow, clearSamples }: Levels): string | null {
  if (!(fireAt > 0 && Number.isFinite(fireAt))) return 'The level that fires must be above 0.'
  // A hard limit is never exceeded: such a rule would stay silent for ever.
  if (fireAt > 1) return 'The level that fires must not be above the limit.'
  if (!(clearBelow > 0 && clearBelow <= fireAt))
    return 'The level that clears must be above 0, and not above the one that fires.'
  return isWhole(clearSamples) ? null : 'The number of samples that clear must be 1 or more.'
}

function failuresProblem({ classes, basis, budget, tiers }: FailureRule): string | null {
  if (classes.length === 0) return 'Choose at least one class of errors.'
  if (basis === 'share' && !(budget > 0 && budget < 1))
    return 'The budget must be a share between 0 and 1.'
  if (tiers.length === 0) return 'A rule on failures needs a pair of windows.'
  return tiers.map(tierProblem).find((problem) => problem !== null) ?? null
}

const isLength = (lengthMs: number) => Number.isFinite(lengthMs) && lengthMs >= 0
const isWhole = (count: number) => Number.isInteger(count) && count >= 1
