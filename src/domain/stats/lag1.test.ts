import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lag1Correlation } from './lag1.ts'
import { normalFrom, seededRandom } from './random.ts'

test('a small column by hand', () => {
  // About the mean 3: −2 −1 0 1 2; products 2 + 0 + 0 + 2, squares 10.
  expect(lag1Correlation([1, 2, 3, 4, 5])).toBeCloseTo(0.4, 12)
  expect(lag1Correlation([1, -1, 1, -1])).toBeCloseTo(-0.75, 12)
})

test('a column that remembers shows how much', () => {
  const random = seededRandom(6)
  let value = 0
  const values = Array.from({ length: 20_000 }, () => {
    value = 0.8 * value + normalFrom(random)
    return value
  })
  expect(lag1Correlation(values)).toBeCloseTo(0.8, 1)
})

test('a gap joins nothing', () => {
  expect(lag1Correlation([1, Number.NaN, -1])).toBe(0)
})

test('too little and constant columns have none', () => {
  for (const column of [[], [4], [4, 4, 4], [Number.NaN, Number.NaN]]) {
    expect(lag1Correlation(column)).toBeNull()
  }
  for (let n = 1; n < 50; n++) expect(lag1Correlation(new Float64Array(n).fill(0.1))).toBeNull()
})

test('it stays between −1 and 1 for whatever comes', () => {
  fc.assert(
    fc.property(fc.array(fc.double()), (values) => {
      const found = lag1Correlation(values)
      if (found !== null) expect(Math.abs(found)).toBeLessThanOrEqual(1)
    }),
  )
})
