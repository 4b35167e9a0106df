import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cusum, leastSquaresBreak, pettitt } from './changePoint.ts'
import { mannWhitney } from './mannWhitney.ts'

/** Flow of the Nile at Aswan, 1871–1970, in 10⁸ m³ a year (R datasets::Nile). */
const nile = `
  1120 1160  963 1210 1160 1160  813 1230 1370 1140  995  935 1110  994 1020  960 1180  799  958 1140
  1100 1210 1150 1250 1260 1220 1030 1100  774  840  874  694  940  833  701  916  692 1020 1050  969
   831  726  456  824  702 1120 1100  832  764  821  768  845  864  862  698  845  744  796 1040  759
   781  865  845  944  984  897  822 1010  771  676  649  846  812  742  801 1040  860  874  848  890
   744  749  838 1050  918  986  797  923  975  815 1020  906  901 1170  912  746  919  718  714  740
`
  .trim()
  .split(/\s+/)
  .map(Number)

test('the Nile column is the published one', () => {
  expect(nile).toHaveLength(100)
  expect(nile.reduce((sum, flow) => sum + flow)).toBe(91_935)
})

test('least squares puts the fall of the Nile after 1898, the 28th year', () => {
  const found = leastSquaresBreak(nile)!
  expect(found.after).toBe(28)
  expect(found.meanBefore).toBeCloseTo(1_097.75, 9)
  expect(found.meanAfter).toBeCloseTo(849.9722, 4)
  expect(found.sseWhole).toBeCloseTo(2_835_156.75, 6)
  expect(found.sseSplit).toBeCloseTo(1_597_457.194, 3)
})

test('cumulative sum and Pettitt agree on the year', () => {
  const turned = cusum(nile)!
  expect(turned.after).toBe(28)
  expect(turned.max).toBeCloseTo(4_995.2, 9)
  const { k, after, p } = pettitt(nile)!
  expect({ k, after }).toEqual({ k: 1_617, after: 28 })
  expect(p / 3.59e-7).toBeCloseTo(1, 3)
})

test('Mann–Whitney calls the two sides different, as published with both corrections', () => {
  const { u, pTwoSided } = mannWhitney(nile.slice(0, 28), nile.slice(28))
  expect(u).toBe(1_816.5)
  expect(pTwoSided).toBeCloseTo(5.527513236924095e-10, 20)
})

test('a clean step is found where it is, and leaves nothing over', () => {
  const found = leastSquaresBreak([3, 3, 3, 8, 8])!
  expect(found).toEqual({ after: 3, meanBefore: 3, meanAfter: 8, sseWhole: 30, sseSplit: 0 })
  expect(cusum([3, 3, 3, 8, 8])!.after).toBe(3)
  expect(pettitt([3, 3, 3, 8, 8])!.after).toBe(3)
})

test('gaps keep their position', () => {
  const column = [3, Number.NaN, 3, Number.NaN, 8, 8]
  expect(leastSquaresBreak(column)!.after).toBe(3)
  expect(pettitt(column)!.after).toBe(3)
  expect(cusum(column)!.after).toBe(3)
})

test('without two different values nothing changes', () => {
  for (const column of [[], [1], [4, 4, 4], [Number.NaN, 2], [Infinity, 2]]) {
    expect(leastSquaresBreak(column)).toBeNull()
    expect(pettitt(column)).toBeNull()
    expect(cusum(column)).toBeNull()
  }
})

test('whatever comes, the answer is a number within the column or none', () => {
  fc.assert(
    fc.property(fc.array(fc.double()), (values) => {
      for (const found of [leastSquaresBreak(values), pettitt(values), cusum(values)]) {
        if (found === null) continue
        expect(found.after).toBeGreaterThanOrEqual(1)
        expect(found.after).toBeLessThan(values.length)
        for (const number of Object.values(found)) expect(number).not.toBeNaN()
      }
    }),
  )
})

test('a step never leaves more squares than the whole, and Pettitt counts what its definition does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 30 }), (values) => {
      const found = leastSquaresBreak(values)
      if (found !== null) expect(found.sseSplit).toBeLessThanOrEqual(found.sseWhole + 1e-9)
      const sums = values.slice(0, -1).map((_, t) => {
        let sum = 0
        for (const early of values.slice(0, t + 1)) {
          for (const late of values.slice(t + 1)) sum += Math.sign(early - late)
        }
        return Math.abs(sum)
      })
      const change = pettitt(values)
      expect(change?.k ?? 0).toBe(Math.max(0, ...sums))
      if (change !== null) expect(sums[change.after - 1]).toBe(change.k)
    }),
  )
})
