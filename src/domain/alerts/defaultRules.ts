import type { ErrorClass } from '../errors/errorEvent.ts'
import { AT_LIMIT_RATIO } from '../metrics/headroom.ts'
import { DAY_MS, type DurationMs, durationMs, HOUR_MS, MINUTE_MS } from '../units.ts'
import type { AlertRule, FailureRule } from './alertRule.ts'
import type { BurnTier } from './burnRate.ts'

const minutes = (count: number) => durationMs(count * MINUTE_MS)

/** A load test comes back to the limit with every iteration: that is one alert, not eight. */
const KEEP_MS: DurationMs = minutes(15)

/** One in 200 refused over a month: stray failures of an organisation that is tested lie below it. */
const BUDGET = 0.005

/** Pairs of windows of statistics §4.5; the least counts keep a handful from being a share. */
const FAST: BurnTier = {
  longMs: HOUR_MS,
  shortMs: minutes(5),
  budgetUsed: 0.02,
  leastLong: 20,
  leastShort: 10,
}
const STEADY: BurnTier = {
  longMs: durationMs(6 * HOUR_MS),
  shortMs: minutes(30),
  budgetUsed: 0.05,
  leastLong: 40,
  leastShort: 20,
}
const SLOW: BurnTier = {
  longMs: durationMs(3 * DAY_MS),
  shortMs: durationMs(6 * HOUR_MS),
  budgetUsed: 0.1,
  leastLong: 100,
  leastShort: 50,
}

/** For failures that nobody counts the attempts of. */
const MANY: BurnTier = {
  longMs: minutes(15),
  shortMs: minutes(5),
  budgetUsed: 0.01,
  leastLong: 40,
  leastShort: 20,
}

const common = { isStop: false, isOn: true, holdMs: durationMs(0), keepFiringMs: KEEP_MS }

const manyOf = (id: string, name: string, classes: readonly ErrorClass[]): FailureRule => ({
  ...common,
  id,
  name,
  severity: 'warn',
  kind: 'failures',
  classes,
  basis: 'count',
  budget: BUDGET,
  tiers: [MANY],
})

/**
 * The rules an organisation begins with: silent while nothing is wrong, one alert per cause where
 * something is. Why each number is what it is: docs/alerts.md. The stop rule is off: whoever runs a load
 * test decides whether Tidemark may end it.
 */
export const DEFAULT_RULES: readonly AlertRule[] = [
  {
    ...common,
    id: 'atLimit',
    name: 'At the limit',
    severity: 'critical',
    kind: 'level',
    metric: null,
    levels: { fireAt: AT_LIMIT_RATIO, clearBelow: 0.95, clearSamples: 3 },
  },
  {
    ...common,
    id: 'nearLimit',
    name: 'Near the limit',
    severity: 'warn',
    holdMs: minutes(5),
    kind: 'level',
    metric: null,
    levels: { fireAt: 0.9, clearBelow: 0.85, clearSamples: 3 },
  },
  {
    ...common,
    id: 'refusals',
    name: 'Refusals',
    severity: 'critical',
    kind: 'failures',
    classes: ['capacity'],
    basis: 'share',
    budget: BUDGET,
    tiers: [FAST, STEADY],
  },
  {
    ...common,
    id: 'slowRefusals',
    name: 'Refusals over days',
    severity: 'warn',
    keepFiringMs: durationMs(6 * HOUR_MS),
    kind: 'failures',
    classes: ['capacity'],
    basis: 'share',
    budget: BUDGET,
    tiers: [SLOW],
  },
  { ...common, id: 'leak', name: 'Leak', severity: 'warn', kind: 'leak' },
  {
    ...common,
    id: 'blind',
    name: 'Blind',
    severity: 'warn',
    holdMs: minutes(2),
    keepFiringMs: minutes(5),
    kind: 'blind',
  },
  manyOf('signIn', 'Sign-in refused', ['auth']),
  manyOf('rateLimited', 'Rate limited', ['rate']),
  manyOf('broken', 'Connections break', ['network', 'socket']),
  {
    ...common,
    id: 'stop',
    name: 'Stop the load test',
    severity: 'critical',
    isStop: true,
    isOn: false,
    holdMs: minutes(1),
    keepFiringMs: durationMs(0),
    kind: 'level',
    metric: null,
    levels: { fireAt: AT_LIMIT_RATIO, clearBelow: 0.9, clearSamples: 3 },
  },
]
