import { expect, test } from 'vitest'
import { exponentialFrom, normalFrom, poissonFrom, seededRandom } from './random.ts'

const DRAWS = 40_000

function moments(draw: () => number) {
  const values = Array.from({ length: DRAWS }, draw)
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS
  return { mean, variance }
}

test('the same seed gives the same numbers, another seed others', () => {
  const first = seededRandom(7)
  const same = seededRandom(7)
  const other = seededRandom(8)
  const numbers = Array.from({ length: 50 }, first)
  expect(Array.from({ length: 50 }, same)).toEqual(numbers)
  expect(Array.from({ length: 50 }, other)).not.toEqual(numbers)
})

test('an instant in milliseconds serves as a seed, and one that is not a number does no harm', () => {
  const at = 1_760_000_000_000
  expect(seededRandom(at)()).not.toBe(seededRandom(at + 2 ** 32)())
  expect(seededRandom(at)()).not.toBe(seededRandom(at + 1)())
  expect(seededRandom(Number.NaN)()).toBe(seededRandom(0)())
})

test('uniform numbers fill [0, 1) evenly, also over neighbouring seeds', () => {
  const counts = new Float64Array(20)
  for (let seed = 0; seed < 200; seed++) {
    const random = seededRandom(seed)
    for (let i = 0; i < 100; i++) counts[Math.floor(random() * 20)]! += 1
  }
  // 20 000 draws in 20 cells: chi-squared with 19 degrees exceeds 43.8 once in a thousand.
  const chi = counts.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0)
  expect(chi).toBeLessThan(43.8)
})

test('successive uniform numbers are not related', () => {
  const random = seededRandom(11)
  let product = 0
  let before = random()
  for (let i = 0; i < DRAWS; i++) {
    const now = random()
    product += (before - 0.5) * (now - 0.5)
    before = now
  }
  expect(Math.abs((12 * product) / DRAWS)).toBeLessThan(4 / Math.sqrt(DRAWS))
})

test('normal, exponential and Poisson numbers have their mean and variance', () => {
  const random = seededRandom(3)
  const normal = moments(() => normalFrom(random))
  expect(Math.abs(normal.mean)).toBeLessThan(0.02)
  expect(Math.abs(normal.variance - 1)).toBeLessThan(0.03)
  const exponential = moments(() => exponentialFrom(random, 60))
  expect(exponential.mean / 60).toBeCloseTo(1, 1)
  expect(exponential.variance / 3_600).toBeCloseTo(1, 1)
  for (const mean of [0.3, 2, 40, 1_200]) {
    const draws = mean > 100 ? 2_000 : DRAWS
    let sum = 0
    for (let i = 0; i < draws; i++) sum += poissonFrom(random, mean)
    expect(Math.abs(sum / draws - mean)).toBeLessThan(4 * Math.sqrt(mean / draws))
  }
})

test('a mean that makes no sense draws nothing', () => {
  const random = seededRandom(1)
  for (const mean of [0, -1, Number.NaN]) {
    expect(poissonFrom(random, mean)).toBe(0)
    expect(exponentialFrom(random, mean)).toBe(0)
  }
  expect(poissonFrom(random, Infinity)).toBe(0)
})
