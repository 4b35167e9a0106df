import { expect, test } from 'vitest'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import { durationMs } from '#domain/units.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someMetric } from '#testing/someMetric.ts'
import { clearsWords, firesWords, watchesWords } from './ruleWords.ts'

const CALLS = someMetric('calls', { title: 'Calls' })
const ruleOf = (id: string) => DEFAULT_RULES.find((rule) => rule.id === id)!
const words = (id: string) =>
  [watchesWords(ruleOf(id), [CALLS]), firesWords(ruleOf(id)), clearsWords(ruleOf(id))].map(
    plainSpaces,
  )

test('a level says from which share of the limit, for how long, and when it is over', () => {
  expect(words('atLimit')).toEqual([
    'Every level whose limit is known',
    'from 98 % of the limit, at once',
    'below 95 % for 3 samples in a row, and 15 min later',
  ])
  expect(words('nearLimit')[1]).toBe('from 90 % of the limit for 5 min')
})

test('a rule on one metric names it, by its id where nobody asks for it now', () => {
  const rule = { ...ruleOf('atLimit'), metric: CALLS.id }
  expect(watchesWords(rule as never, [CALLS])).toBe('Calls')
  expect(watchesWords(rule as never, [])).toBe('calls, not asked now')
})

test('refusals say which share in which windows, and from how many', () => {
  expect(words('refusals')).toEqual([
    'Failures: capacity',
    'above 7.2 % of attempts in 1 h and in 5 min, from 20; or 3 % of attempts in 6 h and in 30 min, from 40',
    'below half of that in the short window, and 15 min later',
  ])
  expect(words('broken')[1]).toBe('from 40 in 15 min and 20 in 5 min')
})

test('leaks and blindness say what they wait for', () => {
  expect(words('leak')[1]).toBe('from the fifth floor that rises')
  expect(words('blind').slice(1)).toEqual([
    'after 2 min and ten intervals',
    'once all of it is heard again, and 5 min later',
  ])
  const held = { ...ruleOf('leak'), holdMs: durationMs(60_000), keepFiringMs: durationMs(0) }
  expect([firesWords(held), clearsWords(held)].map(plainSpaces)).toEqual([
    'from the fifth floor that rises for 1 min',
    'once floors rise no more',
  ])
})
