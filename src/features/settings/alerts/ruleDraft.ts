import { type AlertRule, ruleProblem, type Severity } from '#domain/alerts/alertRule.ts'
import { AT_LIMIT_RATIO } from '#domain/metrics/headroom.ts'
import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { durationMs, metricId, MINUTE_MS, SECOND_MS } from '#domain/units.ts'

/** A rule as it is typed: lengths in minutes, shares in percent. Of another kind's fields nothing is read. */
export type RuleDraft = {
  name: string
  severity: Severity
  isStop: boolean
  hold: string
  keep: string
  /** Empty: every level. */
  metric: string
  fireAt: string
  clearBelow: string
  clearSamples: string
  classes: readonly ErrorClass[]
  basis: 'share' | 'count'
  budget: string
  /** Least counts of each pair of windows. */
  least: readonly { long: string; short: string }[]
}

export type RuleField = keyof RuleDraft

/** A rule on a level of one's own, before anything of it was typed. */
export const NEW_RULE: AlertRule = {
  id: 'new',
  name: '',
  severity: 'warn',
  isStop: false,
  isOn: true,
  holdMs: durationMs(5 * MINUTE_MS),
  keepFiringMs: durationMs(15 * MINUTE_MS),
  kind: 'level',
  metric: null,
  levels: { fireAt: 0.8, clearBelow: 0.75, clearSamples: 3 },
}

export function draftOf(rule: AlertRule): RuleDraft {
  const level = rule.kind === 'level' ? rule : null
  const failures = rule.kind === 'failures' ? rule : null
  return {
    name: rule.name,
    severity: rule.severity,
    isStop: rule.isStop,
    hold: numberText(rule.holdMs / MINUTE_MS),
    keep: numberText(rule.keepFiringMs / MINUTE_MS),
    metric: level?.metric ?? '',
    fireAt: numberText((level?.levels.fireAt ?? AT_LIMIT_RATIO) * 100),
    clearBelow: numberText((level?.levels.clearBelow ?? AT_LIMIT_RATIO) * 100),
    clearSamples: String(level?.levels.clearSamples ?? 1),
    classes: failures?.classes ?? [],
    basis: failures?.basis ?? 'share',
    budget: numberText((failures?.budget ?? 0) * 100),
    least: (failures?.tiers ?? []).map(({ leastLong, leastShort }) => ({
      long: String(leastLong),
      short: String(leastShort),
    })),
  }
}

const numberText = (value: number) => String(Number(value.toFixed(4)))

/** The number that somebody typed, with a point or a comma; null where it is none. */
function numberOf(text: string): number | null {
  const plain = text.trim().replace(',', '.')
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

/** What was typed as a rule; or the fields that hold no number, or why it cannot be used. */
export type RuleReading =
  | { rule: AlertRule }
  | { rule: null; fields: readonly RuleField[]; problem: string }

const NO_NUMBER = 'Type a number, such as 5 or 0.5.'

export function readRule(draft: RuleDraft, known: AlertRule): RuleReading {
  const bad: RuleField[] = []
  const number = (field: NumberField) => {
    const value = numberOf(draft[field])
    if (value === null) bad.push(field)
    return value ?? 0
  }
  const rule = ruleOf(draft, known, number, () => bad.push('least'))
  if (bad.length > 0) return { rule: null, fields: bad, problem: NO_NUMBER }
  const problem = ruleProblem(rule)
  return problem === null ? { rule } : { rule: null, fields: [], problem }
}

/** To the second: a third of a minute cannot be typed any finer. */
const lengthOf = (minutes: number) => durationMs(Math.round(minutes * 60) * SECOND_MS)

type NumberField = 'hold' | 'keep' | 'fireAt' | 'clearBelow' | 'clearSamples' | 'budget'

function ruleOf(
  draft: RuleDraft,
  known: AlertRule,
  number: (field: NumberField) => number,
  refuseLeast: () => void,
): AlertRule {
  const common = {
    name: draft.name.trim(),
    severity: draft.severity,
    isStop: draft.isStop,
    holdMs: lengthOf(number('hold')),
    keepFiringMs: lengthOf(number('keep')),
  }
  if (known.kind === 'level')
    return {
      ...known,
      ...common,
      metric: draft.metric === '' ? null : metricId(draft.metric),
      levels: {
        fireAt: number('fireAt') / 100,
        clearBelow: number('clearBelow') / 100,
        clearSamples: number('clearSamples'),
      },
    }
  if (known.kind !== 'failures') return { ...known, ...common }
  const count = (text: string | undefined) => {
    const value = numberOf(text ?? '')
    if (value === null) refuseLeast()
    return value ?? 0
  }
  return {
    ...known,
    ...common,
    classes: draft.classes,
    basis: draft.basis,
    budget: draft.basis === 'share' ? number('budget') / 100 : known.budget,
    tiers: known.tiers.map((tier, i) => ({
      ...tier,
      leastLong: count(draft.least[i]?.long),
      leastShort: count(draft.least[i]?.short),
    })),
  }
}
