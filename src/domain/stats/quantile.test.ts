import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median, quantile } from './quantile.ts'

test('the median is the middle, or half-way between the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([1, 2, 10, 4])).toBe(3)
  expect(median([7])).toBe(7)
})

test('quantiles are linear between neighbours, as in R and numpy', () => {
  const values = [15, 20, 35, 40, 50]
  expect(quantile(values, 0)).toBe(15)
  expect(quantile(values, 0.4)).toBeCloseTo(29, 12)
  expect(quantile(values, 0.95)).toBeCloseTo(48, 12)
  expect(quantile(values, 1)).toBe(50)
})

test('nothing, gaps alone and no quantile asked give no answer', () => {
  expect(median([])).toBeNull()
  expect(median([Number.NaN, Number.NaN])).toBeNull()
  expect(quantile([1, 2], Number.NaN)).toBeNull()
  expect(quantile([-Infinity, Infinity], 0.5)).toBeNull()
})

test('a gap is left out, and what never comes stays infinite', () => {
  expect(median([3, Number.NaN, 1])).toBe(2)
  expect(quantile([4, 5, Infinity, Infinity, Infinity], 0.5)).toBe(Infinity)
  expect(quantile([4, 5, Infinity], 0.25)).toBe(4.5)
})

test('a quantile lies within the values, grows with q and does not depend on their order', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
  fc.assert(
    fc.property(
      fc.array(finite, { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, one, other) => {
        const low = quantile(values, Math.min(one, other))!
        const high = quantile(values.toReversed(), Math.max(one, other))!
        expect(low).toBeGreaterThanOrEqual(Math.min(...values))
        expect(high).toBeLessThanOrEqual(Math.max(...values))
        expect(high).toBeGreaterThanOrEqual(low - 1e-6)
      },
    ),
  )
})
