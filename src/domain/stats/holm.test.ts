import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holmAdjusted } from './holm.ts'

test('it agrees with p.adjust of R', () => {
  const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
  for (const [i, wanted] of [0.03, 0.06, 0.06, 0.02].entries()) {
    expect(adjusted[i]).toBeCloseTo(wanted, 12)
  }
})

test('one alone stays as it is, and none are none', () => {
  expect(holmAdjusted([0.03])).toEqual([0.03])
  expect(holmAdjusted([])).toEqual([])
})

test('what is no probability counts as 1', () => {
  expect(holmAdjusted([NaN, -1, 7])).toEqual([1, 1, 1])
})

test('it lowers no p, keeps their order, and is never above Bonferroni', () => {
  const probability = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(probability, { maxLength: 40 }), (p) => {
      const adjusted = holmAdjusted(p)
      for (const [i, one] of p.entries()) {
        expect(adjusted[i]).toBeGreaterThanOrEqual(one)
        expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, one * p.length))
        for (const [j, other] of p.entries()) {
          if (one <= other) expect(adjusted[i]!).toBeLessThanOrEqual(adjusted[j]!)
        }
      }
    }),
  )
})
