import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockBootstrap, blockLength } from './blockBootstrap.ts'
import { median } from './quantile.ts'
import { normalFrom, type Random, seededRandom } from './random.ts'

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length
/** The median of an odd number of values, without the care that `median` takes. */
const middleOf = (values: Float64Array) => values.toSorted()[values.length >> 1]!
const medianOf = (values: Float64Array) => median(values) ?? Number.NaN

/** Values of which each says so much about the next (AR(1)), about a level. */
function dependent(random: Random, n: number, rho: number, level = 0): Float64Array {
  let value = normalFrom(random) / Math.sqrt(1 - rho * rho)
  return Float64Array.from({ length: n }, () => {
    value = rho * value + normalFrom(random)
    return level + value
  })
}

/** How often the interval holds the true difference. */
function coverage(rho: number, n: number, statistic: (values: Float64Array) => number): number {
  const random = seededRandom(61)
  const runs = 120
  let covered = 0
  for (let run = 0; run < runs; run++) {
    const a = { values: dependent(random, n, rho), random: seededRandom(2 * run) }
    const b = { values: dependent(random, n, rho, 3), random: seededRandom(2 * run + 1) }
    const { low, high } = blockBootstrap(a, b, { statistic, draws: 99 })!
    if (low <= 3 && high >= 3) covered += 1
  }
  return covered / runs
}

test('blocks are as long as Politis and White ask for', () => {
  // (1.5 · (2 · 0.5 / 0.75)² · 330)^(1/3) = 9.58
  expect(blockLength(330, 0.5)).toBe(10)
  expect(blockLength(330, 0)).toBe(1)
  expect(blockLength(330, -0.4)).toBe(1)
  // Bounded by 3 √n, and by a third of few values.
  expect(blockLength(330, 1)).toBe(55)
  expect(blockLength(12, 0.9)).toBe(4)
  expect(blockLength(0, 0.9)).toBe(1)
})

test('the interval holds the true difference of medians as often as it says', () => {
  for (const rho of [0, 0.6, 0.85]) {
    const covered = coverage(rho, 121, middleOf)
    expect(covered).toBeGreaterThan(0.9)
    expect(covered).toBeLessThan(1)
  }
})

test('the interval holds the true difference of means, too', () => {
  expect(coverage(0.7, 120, meanOf)).toBeGreaterThan(0.89)
})

test('blocks make the interval of dependent values wider', () => {
  const widthAt = (rho: number) => {
    const random = seededRandom(3)
    const side = (seed: number) => ({
      // The same spread whatever the dependence.
      values: dependent(random, 300, rho).map((value) => value * Math.sqrt(1 - rho * rho)),
      random: seededRandom(seed),
    })
    const { low, high } = blockBootstrap(side(1), side(2), { statistic: meanOf })!
    return high - low
  }
  expect(widthAt(0.8)).toBeGreaterThan(2 * widthAt(0))
})

test('fewer than ten values on a side say nothing, gaps not counted', () => {
  const many = { values: Array.from({ length: 40 }, (_, i) => i % 7), random: seededRandom(1) }
  const few = { values: [1, 2, 3, 4, 5, 6, 7, 8, 9, NaN, Infinity], random: seededRandom(2) }
  expect(blockBootstrap(many, few, { statistic: meanOf })).toBeNull()
  expect(blockBootstrap(few, many, { statistic: meanOf })).toBeNull()
})

test('of a level that never moves the difference is exact', () => {
  const side = (level: number) => ({
    values: Array<number>(20).fill(level),
    random: seededRandom(1),
  })
  expect(blockBootstrap(side(4), side(9), { statistic: medianOf })).toEqual({
    value: 5,
    low: 5,
    high: 5,
  })
})

test('sides exchanged give the opposite, and the same seed the same', () => {
  const column = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 10, maxLength: 60 })
  fc.assert(
    fc.property(column, column, fc.nat(), fc.nat(), (one, other, seed, otherSeed) => {
      const a = () => ({ values: one, random: seededRandom(seed) })
      const b = () => ({ values: other, random: seededRandom(otherSeed) })
      const options = { statistic: medianOf, draws: 49 }
      const found = blockBootstrap(a(), b(), options)!
      const mirrored = blockBootstrap(b(), a(), options)!
      expect(blockBootstrap(a(), b(), options)).toEqual(found)
      expect(mirrored.value).toBeCloseTo(-found.value, 10)
      expect(mirrored.low).toBeCloseTo(-found.high, 10)
      expect(mirrored.high).toBeCloseTo(-found.low, 10)
      expect(found.low).toBeLessThanOrEqual(found.value)
      expect(found.high).toBeGreaterThanOrEqual(found.value)
    }),
    { numRuns: 60 },
  )
})
