import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newcombeDifference, wilson } from './proportions.ts'

test('Wilson: the published examples', () => {
  const published: [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
  ]
  for (const [k, n, low, high] of published) {
    const interval = wilson(k, n)!
    expect(interval.value).toBe(k / n)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  }
})

test('Newcombe: the published examples', () => {
  const some = newcombeDifference(56, 70, 48, 80)!
  expect(some.value).toBeCloseTo(0.2, 12)
  expect(some.low).toBeCloseTo(0.0524, 4)
  expect(some.high).toBeCloseTo(0.3339, 4)
  const all = newcombeDifference(10, 10, 0, 10)!
  expect(all.value).toBe(1)
  expect(all.low).toBeCloseTo(0.6075, 4)
  expect(all.high).toBe(1)
})

test('Newcombe: before and after, plain and with effective counts', () => {
  const plain = newcombeDifference(2, 100, 12, 120)!
  expect(plain.value).toBeCloseTo(-0.08, 12)
  expect(plain.low).toBeCloseTo(-0.14824, 6)
  expect(plain.high).toBeCloseTo(-0.014777, 6)
  const effective = newcombeDifference(1, 50, 6, 60, 2.262157)!
  expect(effective.low).toBeCloseTo(-0.202421, 6)
  expect(effective.high).toBeCloseTo(0.041223, 6)
})

test('nothing tried, and counts that are no numbers, give no answer', () => {
  expect(wilson(0, 0)).toBeNull()
  expect(wilson(1, -3)).toBeNull()
  expect(wilson(Number.NaN, 4)).toBeNull()
  expect(wilson(1, Infinity)).toBeNull()
  expect(wilson(1, 4, Infinity)).toBeNull()
  expect(newcombeDifference(0, 0, 1, 2)).toBeNull()
  expect(newcombeDifference(1, 2, 0, 0)).toBeNull()
})

test('an interval holds its value and stays where shares can be, for fractional and for impossible counts', () => {
  const count = fc.double({ min: -5, max: 1e6, noNaN: true })
  const total = fc.double({ min: 1e-3, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(count, total, count, total, (k1, n1, k2, n2) => {
      const share = wilson(k1, n1)!
      expect(share.low).toBeGreaterThanOrEqual(0)
      expect(share.low).toBeLessThanOrEqual(share.value)
      expect(share.high).toBeGreaterThanOrEqual(share.value)
      expect(share.high).toBeLessThanOrEqual(1)
      const difference = newcombeDifference(k1, n1, k2, n2)!
      expect(difference.low).toBeGreaterThanOrEqual(-1)
      expect(difference.low).toBeLessThanOrEqual(difference.value)
      expect(difference.high).toBeGreaterThanOrEqual(difference.value)
      expect(difference.high).toBeLessThanOrEqual(1)
    }),
  )
})

test('the two sides exchanged turn the difference round', () => {
  const there = newcombeDifference(9, 40, 3, 70)!
  const back = newcombeDifference(3, 70, 9, 40)!
  expect(back.low).toBeCloseTo(-there.high, 12)
  expect(back.high).toBeCloseTo(-there.low, 12)
})
