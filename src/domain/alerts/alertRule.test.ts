import { expect, test } from 'vitest'
import { durationMs } from '../units.ts'
import { type AlertRule, ruleProblem } from './alertRule.ts'
import { DEFAULT_RULES } from './defaultRules.ts'

const ruleOf = (kind: AlertRule['kind']) => DEFAULT_RULES.find((rule) => rule.kind === kind)!

test('the rules that an organisation begins with are in order, each with a name of its own', () => {
  for (const rule of DEFAULT_RULES) expect(ruleProblem(rule)).toBeNull()
  expect(new Set(DEFAULT_RULES.map(({ id }) => id)).size).toBe(DEFAULT_RULES.length)
})

test('no rule may stop a load test until somebody lets it', () => {
  expect(DEFAULT_RULES.filter(({ isStop, isOn }) => isStop && isOn)).toEqual([])
})

const levels = { fireAt: 0.9, clearBelow: 0.85, clearSamples: 3 }

test.each<[object, RegExp]>([
  [{ ...ruleOf('level'), name: ' ' }, /needs a name/],
  [{ ...ruleOf('level'), holdMs: durationMs(-1) }, /hold time/],
  [{ ...ruleOf('level'), keepFiringMs: durationMs(Number.NaN) }, /keep firing/],
  [{ ...ruleOf('level'), levels: { ...levels, fireAt: 0 } }, /above 0/],
  [{ ...ruleOf('level'), levels: { ...levels, fireAt: 1.01 } }, /not be above the limit/],
  [{ ...ruleOf('level'), levels: { ...levels, clearBelow: 0.91 } }, /not above the one that fires/],
  [{ ...ruleOf('level'), levels: { ...levels, clearBelow: 0 } }, /that clears must be above 0/],
  [{ ...ruleOf('level'), levels: { ...levels, clearSamples: 1.5 } }, /1 or more/],
  [{ ...ruleOf('failures'), classes: [] }, /at least one class/],
  [{ ...ruleOf('failures'), budget: 1 }, /between 0 and 1/],
  [{ ...ruleOf('failures'), tiers: [] }, /pair of windows/],
])('%o is told as a mistake', (rule, words) => {
  expect(ruleProblem(rule as AlertRule)).toMatch(words)
})
