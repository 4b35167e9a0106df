import fc from 'fast-check'
import { expect, test } from 'vitest'
import { incompleteBeta, logChoose, logGamma } from './gamma.ts'

test('the gamma function of whole numbers is a factorial, of halves a root of pi', () => {
  let factorial = 1
  for (let n = 1; n <= 20; n++) {
    expect(Math.abs(logGamma(n) - Math.log(factorial))).toBeLessThan(1e-13 * (1 + n))
    factorial *= n
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 14)
  expect(logGamma(1e6)).toBeCloseTo(12_815_504.569147611, 6)
})

test('the gamma function obeys Γ(x + 1) = x·Γ(x) across the change of method', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 40, noNaN: true }), (x) => {
      expect(logGamma(x + 1)).toBeCloseTo(logGamma(x) + Math.log(x), 11)
    }),
  )
})

test('choices are counted, and impossible ones have no weight', () => {
  expect(Math.exp(logChoose(49, 6))).toBeCloseTo(13_983_816, 3)
  expect(logChoose(8, 0)).toBe(0)
  expect(logChoose(8, 8)).toBe(0)
  expect(logChoose(8, 9)).toBe(-Infinity)
  expect(logChoose(8, -1)).toBe(-Infinity)
  expect(logChoose(Number.NaN, 1)).toBe(-Infinity)
})

test('the incomplete beta function is a tail of the binomial', () => {
  // P(at least 3 of 10 at 0.2) = I_0.2(3, 8)
  let tail = 0
  for (let k = 3; k <= 10; k++) {
    tail += Math.exp(logChoose(10, k)) * 0.2 ** k * 0.8 ** (10 - k)
  }
  expect(incompleteBeta(0.2, 3, 8)).toBeCloseTo(tail, 13)
  expect(incompleteBeta(0.5, 1e6, 1e6)).toBeCloseTo(0.5, 9)
})

test('the incomplete beta function grows from 0 to 1 and mirrors', () => {
  const size = fc.double({ min: 0.01, max: 500, noNaN: true })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(size, size, share, share, (a, b, one, other) => {
      const low = incompleteBeta(Math.min(one, other), a, b)
      const high = incompleteBeta(Math.max(one, other), a, b)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      expect(high).toBeGreaterThanOrEqual(low - 1e-12)
      const mirrored = incompleteBeta(1 - one, b, a)
      if (one > 0.001 && one < 0.999) {
        expect(mirrored).toBeCloseTo(1 - incompleteBeta(one, a, b), 9)
      }
    }),
  )
})

test('outside its domain each function gives its limit', () => {
  expect(logGamma(0)).toBe(Infinity)
  expect(logGamma(Number.NaN)).toBe(Infinity)
  expect(incompleteBeta(0.5, 0, 1)).toBe(1)
  expect(incompleteBeta(0.5, 1, 0)).toBe(0)
  expect(incompleteBeta(Number.NaN, 1, 1)).toBe(0)
  expect(incompleteBeta(2, 1, 1)).toBe(1)
})
