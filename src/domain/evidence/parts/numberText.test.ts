import { expect, test } from 'vitest'
import { plainSpaces } from '#testing/plainSpaces.ts'
import {
  decimalText,
  fineDuration,
  intervalText,
  percentText,
  pointsText,
  ratioText,
  tinyText,
} from './numberText.ts'

test.each([
  [0, '0 %'],
  [0.005, '0.5 %'],
  [0.0172, '1.7 %'],
  [0.09949, '9.9 %'],
  [0.0996, '10 %'],
  [0.778, '78 %'],
  [0.9999, '99 %'],
  [1, '100 %'],
])('a share of %d is %s', (share, text) => expect(plainSpaces(percentText(share))).toBe(text))

test.each([
  [348.2, '348'],
  [12_345, '12 345'],
  [12.44, '12.4'],
  [5, '5'],
  [2.75, '2.75'],
  [0.306, '0.31'],
  [100, '100'],
  [0, '0'],
  [-3.5, '−3.5'],
  [Infinity, '∞'],
])('a ratio of %d is %s', (ratio, text) => expect(plainSpaces(ratioText(ratio))).toBe(text))

test('what rounds to nothing has no sign', () => {
  expect(decimalText(-0.001, 2)).toBe('0.00')
  expect(pointsText(-0.1602)).toBe('−16.0')
})

test.each([
  [2_500, '2.5 s'],
  [400, '0.4 s'],
  [4_000, '4 s'],
  [24_400, '24 s'],
  [80_000, '1 min 20 s'],
])('%d ms are %s', (ms, text) => expect(plainSpaces(fineDuration(ms))).toBe(text))

test('an interval writes "to" between its ends', () => {
  const text = intervalText({ value: 0.95, low: 0.91, high: Infinity }, (n) => decimalText(n, 2))
  expect(text).toBe('0.95 (0.91 to ∞)')
})

test.each([
  [2.1e-95, 'p = 2 × 10⁻⁹⁵'],
  [9.7e-5, 'p = 1 × 10⁻⁴'],
  [0.25, 'p = 0.250'],
  [0, 'p < 10⁻³⁰⁰'],
])('the textbook p of %d is %s', (p, text) => expect(tinyText(p)).toBe(text))
