import { expect, test } from 'vitest'
import { createGrowthPace } from './growthPace.ts'

const paceOf = (...grewAtS: number[]) => {
  const pace = createGrowthPace()
  for (const seconds of grewAtS) pace.grew(seconds * 1000)
  return pace.paceMs()
}

test('a file that grows all the time is late after five seconds at the least', () => {
  expect(paceOf(0, 0.5, 1, 1.5, 2)).toBe(5_000)
})

test('a slow test that writes in steps has the pace of its steps', () => {
  expect(paceOf(0, 27.2, 54.1, 81.4, 108)).toBe(28_000)
})

test('one long pause does not change the pace', () => {
  expect(paceOf(0, 10, 20, 30, 400, 410, 420)).toBe(10_000)
})

test('nothing is later than a minute', () => {
  expect(paceOf(0, 300, 600, 900)).toBe(60_000)
})

test('two steps say nothing yet, and old ones are forgotten', () => {
  expect(paceOf(0, 30, 60)).toBe(5_000)
  const later = Array.from({ length: 13 }, (_, i) => 200 + i * 8)
  expect(paceOf(0, 30, 60, 90, 120, ...later)).toBe(8_000)
})
