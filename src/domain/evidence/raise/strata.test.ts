import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchedBins } from './strata.ts'

const repeated = (values: readonly number[], times: number) =>
  values.flatMap((value) => Array.from({ length: times }, () => value))
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
const sum = (values: ArrayLike<number>) =>
  Array.from(values).reduce((total, value) => total + value, 0)

test('two sides under the same load are matched whole, in ten strata', () => {
  const matched = matchedBins(upTo(200), upTo(200))
  expect(matched.strata).toBe(10)
  expect([matched.keptBefore, matched.keptAfter]).toEqual([1, 1])
  expect(new Set(matched.weightAfter)).toEqual(new Set([1]))
})

test('equal loads share a stratum, however the deciles fall', () => {
  // Half of the bins hold one attempt: five deciles are one edge.
  const side = [...repeated([1], 50), ...repeated([2, 3], 25)]
  const matched = matchedBins(side, side)
  expect(matched.strata).toBeLessThan(5)
  expect(matched.keptBefore).toBe(1)
})

test('afterwards bins weigh so much that each stratum weighs as it did before', () => {
  const before = repeated([1, 2], 20)
  const after = [...repeated([1], 10), ...repeated([2], 30)]
  const { weightAfter } = matchedBins(before, after)
  expect(weightAfter[0]).toBeCloseTo(2, 12)
  expect(weightAfter[39]).toBeCloseTo(2 / 3, 12)
  expect(sum(weightAfter)).toBeCloseTo(40, 9)
})

test('a stratum with fewer than ten bins on a side is left out on both', () => {
  const before = repeated([1, 2], 20)
  const after = [...repeated([1], 20), ...repeated([2], 9)]
  const matched = matchedBins(before, after)
  expect(matched.keptBefore).toBe(0.5)
  expect(matched.keptAfter).toBeCloseTo(20 / 29, 12)
  expect(matched.weightBefore[39]).toBe(0)
})

test('a load beyond all that was there before has no like', () => {
  const matched = matchedBins(upTo(200), [...upTo(200), ...repeated([900], 50)])
  expect(matched.keptBefore).toBe(1)
  expect(matched.keptAfter).toBe(0.8)
})

test('nothing to match keeps nothing', () => {
  expect(matchedBins([], [])).toMatchObject({ keptBefore: 0, keptAfter: 0, strata: 0 })
  expect(matchedBins(upTo(200), [])).toMatchObject({ keptBefore: 0, keptAfter: 0 })
  expect(matchedBins([], upTo(200))).toMatchObject({ keptBefore: 0, keptAfter: 0 })
})

test('weights are never negative and shares of bins stay shares, whatever the loads', () => {
  const anyLoads = fc.array(fc.double({ min: 0, max: 20 }), { maxLength: 150 })
  fc.assert(
    fc.property(anyLoads, anyLoads, (before, after) => {
      const matched = matchedBins(before, after)
      for (const weights of [matched.weightBefore, matched.weightAfter])
        for (const weight of weights) expect(weight).toBeGreaterThanOrEqual(0)
      const kept = matched.weightAfter.filter((weight) => weight > 0).length
      expect(sum(matched.weightAfter)).toBeCloseTo(kept, 6)
      expect(matched.keptAfter).toBeCloseTo(after.length ? kept / after.length : 0, 12)
    }),
  )
})
