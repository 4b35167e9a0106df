import { expect, test } from 'vitest'
import { durationMs } from '../units.ts'
import { freshness, gapAfterMs } from './freshness.ts'

test.each([
  [0, 'fresh'],
  [30_000, 'fresh'],
  [30_001, 'stale'],
  [100_000, 'stale'],
  [100_001, 'blind'],
] as const)('%s ms after a value that comes every 10 s it is %s', (ageMs, state) => {
  expect(freshness(durationMs(ageMs), durationMs(10_000))).toBe(state)
})

test('one late reply is still joined to the one before, two missing ones are not', () => {
  expect(gapAfterMs(durationMs(10_000))).toBe(25_000)
})
