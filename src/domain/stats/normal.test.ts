import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalCdf, normalQuantile, studentQuantile } from './normal.ts'

test('the normal distribution function keeps its digits in the lower tail', () => {
  expect(normalCdf(0)).toBe(0.5)
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14)
  const tail: [number, number][] = [
    [-1, 0.15865525393145707],
    [-2.9999, 0.001350341282954925],
    [-3.0001, 0.0013494549132607172],
    [-6, 9.865876450376946e-10],
    [-10, 7.61985302416047e-24],
    [-37, 5.7255712225239266e-300],
  ]
  for (const [x, p] of tail) expect(normalCdf(x) / p).toBeCloseTo(1, 11)
})

test('the normal quantile undoes the distribution function', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13)
  expect(normalQuantile(0.5)).toBeCloseTo(0, 14)
  fc.assert(
    fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (x) => {
      expect(normalQuantile(normalCdf(x))).toBeCloseTo(x, 8)
    }),
  )
})

test("Student's quantiles: printed values, and the normal one for many degrees", () => {
  expect(Math.abs(studentQuantile(0.975, 9) - 2.262157)).toBeLessThan(1e-6)
  expect(studentQuantile(0.975, 1)).toBeCloseTo(Math.tan(0.475 * Math.PI), 9)
  expect(studentQuantile(0.95, 4)).toBeCloseTo(2.13184678632665, 11)
  expect(studentQuantile(0.025, 9)).toBeCloseTo(-2.262157162798204, 11)
  expect(studentQuantile(0.975, 1e9)).toBe(normalQuantile(0.975))
  expect(studentQuantile(0.5, 3)).toBe(0)
})

test('impossible probabilities and no degrees of freedom bound nothing', () => {
  expect(normalQuantile(0)).toBe(-Infinity)
  expect(normalQuantile(1)).toBe(Infinity)
  expect(normalCdf(-Infinity)).toBe(0)
  expect(normalCdf(Infinity)).toBe(1)
  expect(normalCdf(Number.NaN)).toBe(0.5)
  expect(studentQuantile(0.975, 0)).toBe(Infinity)
  expect(studentQuantile(0.025, 0)).toBe(-Infinity)
  expect(studentQuantile(1, 9)).toBe(Infinity)
  expect(studentQuantile(0, 9)).toBe(-Infinity)
})
