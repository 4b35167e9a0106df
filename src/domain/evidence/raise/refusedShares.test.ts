import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newcombeDifference } from '../../stats/proportions.ts'
import { refusedShares, T_BLOCKS } from './refusedShares.ts'

const spread = (value: number, bins: number) => Array.from({ length: bins }, () => value)
const side = (errors: readonly number[], attempts: readonly number[]) => ({
  errors,
  attempts,
  weight: spread(1, errors.length),
})

test('the vectors of the methods page: by itself, and with half the counts and nine degrees', () => {
  const plain = newcombeDifference(2, 100, 12, 120)!
  expect(plain.value).toBeCloseTo(-0.08, 12)
  expect(plain.low).toBeCloseTo(-0.14824, 6)
  expect(plain.high).toBeCloseTo(-0.014777, 6)
  expect(T_BLOCKS).toBeCloseTo(2.262157, 6)
  const halved = newcombeDifference(1, 50, 6, 60, T_BLOCKS)!
  expect(halved.low).toBeCloseTo(-0.202421, 6)
  expect(halved.high).toBeCloseTo(0.041223, 6)
})

test('refusals spread evenly count one by one', () => {
  const compared = refusedShares(
    side(spread(1, 20), spread(10, 20)),
    side(spread(0, 20), spread(10, 20)),
  )!
  expect(compared.before).toBeCloseTo(0.1, 12)
  expect(compared.after).toBe(0)
  expect(compared.effectiveBefore).toBeCloseTo(20, 9)
  const { low, high } = newcombeDifference(0, 200, 20, 200, T_BLOCKS)!
  expect(compared.difference).toEqual({ value: -0.1, low, high })
})

test('the same refusals in one burst count as about one', () => {
  const burst = spread(0, 20).map((_, i) => (i === 4 || i === 5 ? 10 : 0))
  const compared = refusedShares(side(burst, spread(10, 20)), side(spread(0, 20), spread(10, 20)))!
  expect(compared.before).toBeCloseTo(0.1, 12)
  expect(compared.effectiveBefore).toBeLessThan(1.1)
})

test('bins of weight 0 are not there, unequal weights are paid for', () => {
  const attempts = spread(10, 20)
  const errors = attempts.map((_, i) => (i < 10 ? 5 : 0))
  const other = side(spread(0, 20), attempts)
  const half = attempts.map((_, i) => (i < 10 ? 1 : 0))
  expect(refusedShares({ errors, attempts, weight: half }, other)!.before).toBe(0.5)
  const even = spread(1, 20)
  const uneven = attempts.map((_, i) => (i % 2 === 0 ? 1.9 : 0.1))
  const interval = (weight: number[]) => {
    const { low, high } = refusedShares({ errors: even, attempts, weight }, other)!.difference
    return high - low
  }
  expect(interval(uneven)).toBeGreaterThan(1.1 * interval(even))
})

test('a side without attempts cannot be compared', () => {
  expect(refusedShares(side([], []), side([1], [2]))).toBeNull()
  expect(refusedShares(side([1], [2]), side([0], [0]))).toBeNull()
})

test('whatever the counts, the difference lies within its interval and within −1 and 1', () => {
  const bins = fc.array(
    fc.record({
      a: fc.integer({ min: 1, max: 50 }),
      e: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  const sideOf = (rows: readonly { a: number; e: number }[]) =>
    side(
      rows.map(({ a, e }) => Math.floor(a * e)),
      rows.map(({ a }) => a),
    )
  fc.assert(
    fc.property(bins, bins, (before, after) => {
      const { difference } = refusedShares(sideOf(before), sideOf(after))!
      expect(difference.low).toBeGreaterThanOrEqual(-1)
      expect(difference.high).toBeLessThanOrEqual(1)
      expect(difference.low).toBeLessThanOrEqual(difference.value)
      expect(difference.value).toBeLessThanOrEqual(difference.high)
    }),
  )
})
