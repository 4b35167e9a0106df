import { expect, test } from 'vitest'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import { durationMs, SECOND_MS } from '#domain/units.ts'
import { draftOf, NEW_RULE, readRule, type RuleDraft } from './ruleDraft.ts'

const near = DEFAULT_RULES.find(({ id }) => id === 'nearLimit')!
const refusals = DEFAULT_RULES.find(({ id }) => id === 'refusals')!

test('every rule that Tidemark brings is read back as it was shown', () => {
  for (const rule of DEFAULT_RULES) expect(readRule(draftOf(rule), rule)).toEqual({ rule })
})

test('lengths that are no whole minutes stay as they are, to the second', () => {
  for (const seconds of [1, 10, 20, 100, 3_599]) {
    const rule = { ...near, holdMs: durationMs(seconds * SECOND_MS) }
    expect(readRule(draftOf(rule), rule)).toEqual({ rule })
  }
})

test('shares are typed in percent, lengths in minutes, with a point or a comma', () => {
  const typed = { ...draftOf(near), fireAt: '92,5', hold: ' 0.5 ', name: ' Nearly ' }
  expect(readRule(typed, near).rule).toMatchObject({
    id: 'nearLimit',
    name: 'Nearly',
    holdMs: 30_000,
    levels: { fireAt: 0.925, clearBelow: 0.85, clearSamples: 3 },
  })
})

test('a rule is about one metric, or about every level', () => {
  expect(readRule({ ...draftOf(near), metric: 'calls' }, near).rule).toMatchObject({
    metric: 'calls',
  })
  expect(readRule(draftOf(near), near).rule).toMatchObject({ metric: null })
})

test('failures have classes, a budget and least counts; windows stay', () => {
  const typed: RuleDraft = {
    ...draftOf(refusals),
    classes: ['capacity', 'server'],
    budget: '1',
    least: [
      { long: '30', short: '15' },
      { long: '60', short: '25' },
    ],
  }
  expect(readRule(typed, refusals).rule).toMatchObject({
    classes: ['capacity', 'server'],
    budget: 0.01,
    tiers: [
      { longMs: 3_600_000, budgetUsed: 0.02, leastLong: 30, leastShort: 15 },
      { leastLong: 60, leastShort: 25 },
    ],
  })
})

test.each([
  [{ fireAt: 'many', hold: '-1' }, ['hold', 'fireAt']],
  [{ clearSamples: '' }, ['clearSamples']],
  [{ keep: '1e9' }, ['keep']],
])('%j is no number: its fields are named', (wrong, fields) => {
  expect(readRule({ ...draftOf(near), ...wrong }, near)).toMatchObject({ rule: null, fields })
})

test.each([
  [{ clearBelow: '95' }, /level that clears/],
  [{ fireAt: '120' }, /must not be above the limit/],
  [{ clearSamples: '1.5' }, /1 or more/],
  [{ name: ' ' }, /needs a name/],
])('a rule with %j could not be used, and why is said', (wrong, problem) => {
  const reading = readRule({ ...draftOf(near), ...wrong }, near)
  expect(reading).toMatchObject({ rule: null, fields: [], problem: expect.stringMatching(problem) })
})

test('a rule on failures without a class, or with no least count, is refused', () => {
  expect(readRule({ ...draftOf(refusals), classes: [] }, refusals)).toMatchObject({
    problem: 'Choose at least one class of errors.',
  })
  const least = [
    { long: '', short: '15' },
    { long: '60', short: '25' },
  ]
  expect(readRule({ ...draftOf(refusals), least }, refusals)).toMatchObject({ fields: ['least'] })
})

test('a new rule can be added once it has a name', () => {
  expect(readRule(draftOf(NEW_RULE), NEW_RULE)).toMatchObject({ problem: 'A rule needs a name.' })
  expect(readRule({ ...draftOf(NEW_RULE), name: 'Mine' }, NEW_RULE).rule).toMatchObject({
    name: 'Mine',
  })
})
