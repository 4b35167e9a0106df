import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairSlopes, theilSen } from './theilSen.ts'

test('a straight line has its slope, whatever the order of its points', () => {
  expect(theilSen([0, 10, 20, 30], [4, 9, 14, 19])).toBeCloseTo(0.5, 12)
  expect(theilSen([30, 0, 20, 10], [19, 4, 14, 9])).toBeCloseTo(0.5, 12)
})

test('one spike does not bend the slope', () => {
  expect(theilSen([0, 1, 2, 3, 4, 5, 6], [0, 2, 4, 900, 8, 10, 12])).toBe(2)
})

test('equal x and gaps are left out; without a pair there is no slope', () => {
  expect(theilSen([0, 0, 1], [5, 7, 8])).toBe(2)
  expect(theilSen([0, 1, 2], [1, Number.NaN, 5])).toBe(2)
  expect(theilSen([3, 3], [1, 2])).toBeNull()
  expect(theilSen([], [])).toBeNull()
  expect(theilSen([1], [1])).toBeNull()
  expect(theilSen([0, 1], [4, 4])).toBe(0)
})

test('the slopes of all pairs come in ascending order', () => {
  expect([...pairSlopes([0, 0, 0, 5])]).toEqual([0, 0, 0, 5 / 3, 2.5, 5])
  expect([...pairSlopes([1, Number.NaN, 5])]).toEqual([2])
  expect(pairSlopes([])).toHaveLength(0)
})

test('a slope follows the scale of both columns', () => {
  const whole = fc.integer({ min: -1_000, max: 1_000 })
  fc.assert(
    fc.property(fc.array(fc.tuple(whole, whole), { maxLength: 30 }), (points) => {
      const x = points.map(([at]) => at)
      const y = points.map(([, value]) => value)
      const slope = theilSen(x, y)
      const scaled = theilSen(
        x.map((at) => 4 * at + 9),
        y.map((value) => 2 * value - 5),
      )
      if (slope === null) expect(scaled).toBeNull()
      else expect(scaled).toBeCloseTo(slope / 2, 9)
    }),
  )
})
