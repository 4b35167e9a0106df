import fc from 'fast-check'
import { expect, test } from 'vitest'
import { circularSums, shiftP, slidingMax } from './circularSums.ts'
import { seededRandom } from './random.ts'

const bits = (text: string) => Array.from(text, Number)

/** The definition itself, O(n²). */
function byDefinition(mask: ArrayLike<number>, y: ArrayLike<number>): number[] {
  const n = mask.length
  return Array.from({ length: n }, (_, s) => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += mask[i]! * y[(i + s) % n]!
    return sum
  })
}

test('vector E3: level sums, their maxima over the lags −1 … 0, and p', () => {
  const level = circularSums(bits('00111000'), bits('00011010'))
  expect([...level]).toEqual([2, 2, 2, 1, 1, 0, 0, 1])
  const largest = slidingMax(level, -1, 0)
  expect([...largest]).toEqual([2, 2, 2, 2, 1, 1, 0, 1])
  expect(shiftP(largest)).toBe(0.5)
  expect(shiftP(level)).toBe(0.375)
})

test('vector E3: onset weights of both signs', () => {
  const onset = circularSums([-0.5, -0.5, 0.5, 0.5, 0, 0, 0, 0], bits('00011010'))
  expect([...onset]).toEqual(byDefinition([-0.5, -0.5, 0.5, 0.5, 0, 0, 0, 0], bits('00011010')))
})

test('a mask of few runs and one of many both follow the definition', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer(),
      (n, runLength, seed) => {
        const random = seededRandom(seed)
        const mask = new Float64Array(n)
        for (let i = 0; i < n; i++) {
          mask[i] = i % runLength === 0 ? Math.round(4 * random() - 2) / 3 : mask[i - 1]!
        }
        const y = Float64Array.from({ length: n }, random)
        const sums = circularSums(mask, y)
        byDefinition(mask, y).forEach((sum, s) =>
          expect(Math.abs(sums[s]! - sum)).toBeLessThan(1e-9),
        )
      },
    ),
  )
})

test('a long flickering mask keeps nine digits', () => {
  const random = seededRandom(5)
  const n = 86_400
  const mask = Float64Array.from({ length: n }, () => (random() < 0.5 ? 1 : 0))
  const y = Float64Array.from({ length: n }, random)
  const sums = circularSums(mask, y)
  for (const s of [0, 1, 4_711, n - 1]) {
    let sum = 0
    for (let i = 0; i < n; i++) sum += mask[i]! * y[(i + s) % n]!
    expect(Math.abs(sums[s]! - sum)).toBeLessThan(1e-8)
  }
})

test('the sliding maximum follows its definition around the ends', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: 0, max: 60 }),
      (sums, from, width) => {
        const n = sums.length
        const largest = slidingMax(sums, from, from + width)
        for (let s = 0; s < n; s++) {
          let best = -Infinity
          for (let l = from; l <= from + width; l++) {
            best = Math.max(best, sums[(((s + l) % n) + n) % n]!)
          }
          expect(largest[s]).toBe(best)
        }
      },
    ),
  )
})

test('p is never 0, and 1 where every shift is as good or none exists', () => {
  expect(shiftP([5, 1, 1, 1])).toBe(0.25)
  expect(shiftP([0, 0, 0])).toBe(1)
  expect(shiftP([1, 1 - 1e-12])).toBe(1)
  expect(shiftP([])).toBe(1)
})

test('empty, unequal and gapped columns give numbers', () => {
  expect(circularSums([], [])).toHaveLength(0)
  expect(slidingMax([], -1, 3)).toHaveLength(0)
  expect([...circularSums([1], [3])]).toEqual([3])
  expect([...circularSums([1, 0, 0], [Number.NaN, 2])]).toEqual([0, 2])
  expect([...slidingMax([1, 2], 1, 0)]).toEqual([2, 1])
})
