import { expect, test } from 'vitest'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { restWords } from './restWords.ts'

const rest = (...ratios: (number | null)[]) =>
  ratios.map((usedRatio) => ({ reading: { usedRatio } }))
const words = (...ratios: (number | null)[]) => plainSpaces(restWords(rest(...ratios), 3))

test('what does not fit is summed up by the next ten percent above the fullest', () => {
  expect(words(0.08, 0.01)).toBe('2 more, below 10 %')
  expect(words(0.1)).toBe('1 more, below 20 %')
  expect(words(0.08, null, null)).toBe('3 more, below 10 % or no limit')
  expect(words(0.97)).toBe('1 more, below 100 %')
})

test('nothing is promised of what is at its limit, has none, or is not listed', () => {
  expect(words(1, 0.2)).toBe('2 more')
  expect(words(null)).toBe('1 more, none against a limit')
  expect(words(0.1, 0.1, 0.1, 0.1)).toBe('4 more, 3 of them here')
})
