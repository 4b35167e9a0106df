import { expect, test } from 'vitest'
import { EMPTY_SERIES } from '../../series/series.ts'
import { attemptCounts } from './attemptCounts.ts'

const columns = (...value: number[]) => ({
  timeMs: Float64Array.from(value, (_, i) => i * 1_000),
  value: Float64Array.from(value),
})
const rejected = (...count: number[]) => ({
  timeMs: Float64Array.from(count, (_, i) => i),
  count: Float64Array.from(count),
})

test('how long a place is kept follows from how many there are and how many come', () => {
  // Ten open on average, two accepted a second: five seconds each.
  expect(attemptCounts(columns(10, NaN, 10), columns(12, 12), rejected(4), 10_000)).toEqual({
    accepted: 20,
    rejected: 4,
    holdingMs: 5_000,
  })
})

test('where nobody counts attempts, and where none was accepted, nothing is said', () => {
  expect(attemptCounts(columns(10), null, rejected(), 1_000)).toBeNull()
  expect(attemptCounts(columns(10), columns(3), rejected(3), 1_000)).toBeNull()
  expect(attemptCounts(EMPTY_SERIES, columns(3), rejected(), 1_000)).toBeNull()
  expect(attemptCounts(columns(NaN), columns(3), rejected(), 0)).toBeNull()
})
