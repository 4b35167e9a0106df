import { expect, test } from 'vitest'
import { settledVerdict } from './settled.ts'
import type { Verdict, VerdictWord } from './verdict.ts'

const look = (word: VerdictWord) => ({ word, reason: 'follows-the-limit', p: 0.01 }) as Verdict
const settled = (...words: VerdictWord[]) => {
  const verdict = settledVerdict(words.map(look))
  return verdict && [verdict.word, verdict.reason]
}

test('three equal looks in a row make a verdict', () => {
  expect(settled('cannot-tell', 'capacity-bound', 'capacity-bound', 'capacity-bound')).toEqual([
    'capacity-bound',
    'follows-the-limit',
  ])
})

test('a verdict that one of the last three looks does not share is not shown', () => {
  expect(settled('capacity-bound', 'partly', 'capacity-bound')).toEqual([
    'cannot-tell',
    'unsettled',
  ])
  expect(settled('capacity-bound', 'capacity-bound')).toEqual(['cannot-tell', 'unsettled'])
})

test('the numbers are those of the newest look', () => {
  const verdict = settledVerdict([look('partly'), { ...look('capacity-bound'), p: 0.02 }])
  expect(verdict?.p).toBe(0.02)
})

test('without a look there is no verdict', () => {
  expect(settledVerdict([])).toBeNull()
})
