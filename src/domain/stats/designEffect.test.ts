import fc from 'fast-check'
import { expect, test } from 'vitest'
import { designEffect } from './designEffect.ts'

const clustered = [0, 0, 6, 0, 0, 0, 5, 0, 0, 0, 0, 1]
const tens = clustered.map(() => 10)

test('errors in clusters inflate the variance as in the vector', () => {
  expect(designEffect(clustered, tens, 12)).toBeCloseTo(5.050505, 6)
  expect(designEffect(clustered, tens, 6)).toBeCloseTo(4.222222, 6)
})

test('errors spread evenly need no correction', () => {
  expect(designEffect([1, 1, 1, 1], [10, 10, 10, 10], 4)).toBe(1)
})

test('where clustering cannot be seen there is no correction', () => {
  expect(designEffect([], [], 10)).toBe(1)
  expect(designEffect([3], [10], 10)).toBe(1)
  expect(designEffect([0, 0], [10, 10], 2)).toBe(1)
  expect(designEffect([10, 10], [10, 10], 2)).toBe(1)
  expect(designEffect([1, 5], [0, 10], 2)).toBe(1)
  expect(designEffect(clustered, tens, 0)).toBe(1)
  expect(designEffect(clustered, tens, Number.NaN)).toBe(1)
})

test('more blocks than bins mean one block per bin', () => {
  expect(designEffect(clustered, tens, 1_000)).toBe(designEffect(clustered, tens, 12))
})

test('it is never below 1 and never without an answer', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double(), fc.double())),
      fc.integer({ min: -2, max: 40 }),
      (bins, blocks) => {
        const errors = bins.map(([e]) => e)
        const attempts = bins.map(([, a]) => a)
        expect(designEffect(errors, attempts, blocks)).toBeGreaterThanOrEqual(1)
      },
    ),
  )
})
