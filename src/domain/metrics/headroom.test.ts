import { expect, test } from 'vitest'
import { headroom, usageState, usedRatio } from './headroom.ts'
import { DEFAULT_THRESHOLDS } from './metric.ts'

test.each([
  [0, 'ok'],
  [79.9, 'ok'],
  [80, 'warn'],
  [90, 'critical'],
  [97.9, 'critical'],
  [98, 'atLimit'],
  [120, 'atLimit'],
] as const)('%s of 100 is %s', (value, state) => {
  expect(usageState(value, 100, DEFAULT_THRESHOLDS)).toBe(state)
})

test('an unknown limit is neither zero nor infinity', () => {
  expect(headroom(10, null)).toBeNull()
  expect(usedRatio(10, null)).toBeNull()
  expect(usageState(10, null, DEFAULT_THRESHOLDS)).toBe('unknown')
})

test('a gap is in no state', () => {
  expect(usageState(NaN, 100, DEFAULT_THRESHOLDS)).toBe('unknown')
})

test('a limit of zero is fully used by anything, and unused by nothing', () => {
  expect(usedRatio(0, 0)).toBe(0)
  expect(usedRatio(1, 0)).toBe(1)
})

test('above the limit nothing is left, and less than nothing', () => {
  expect(headroom(120, 100)).toBe(-20)
})
