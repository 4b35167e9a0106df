import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mannWhitney } from './mannWhitney.ts'

test('u counts the pairs in which the first is higher, ties as halves', () => {
  const { u, pLess, pTwoSided } = mannWhitney([1, 2, 2, 3], [2, 3, 4, 5, 5])
  expect(u).toBe(2.5)
  // scipy 1.17.1 mannwhitneyu(method='asymptotic')
  expect(pLess).toBeCloseTo(0.039272925475595334, 12)
  expect(pTwoSided).toBeCloseTo(0.07854585095119067, 12)
})

test('nothing to compare is no evidence', () => {
  expect(mannWhitney([], [])).toEqual({ u: 0, pLess: 1, pTwoSided: 1 })
  expect(mannWhitney([1, 2], [])).toEqual({ u: 0, pLess: 1, pTwoSided: 1 })
  expect(mannWhitney([1], [2]).pLess).toBeGreaterThan(0.1)
  expect(mannWhitney([4, 4, 4], [4, 4])).toEqual({ u: 3, pLess: 1, pTwoSided: 1 })
  expect(mannWhitney([1, Number.NaN], [2, 3]).u).toBe(0)
  expect(mannWhitney([Infinity], [Infinity, 1]).u).toBe(1.5)
})

test('the two sides exchanged share out the pairs and mirror the evidence', () => {
  const column = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 40 })
  fc.assert(
    fc.property(column, column, (a, b) => {
      const there = mannWhitney(a, b)
      const back = mannWhitney(b, a)
      expect(there.u + back.u).toBe(a.length * b.length)
      expect(there.pTwoSided).toBeCloseTo(back.pTwoSided, 12)
      for (const p of [there.pLess, there.pTwoSided]) {
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
      }
      if (there.u < (a.length * b.length) / 2 - 1) {
        expect(there.pLess).toBeLessThanOrEqual(back.pLess)
      }
    }),
  )
})
