import fc from 'fast-check'
import { expect, test } from 'vitest'
import { circularSums, shiftP, slidingMax } from '../../stats/circularSums.ts'
import { onsetWeights, shiftTest } from './shiftTest.ts'

const mask = (text: string) => Uint8Array.from(text, Number)

test('E3: overlap, best overlap and p of the drawn example', () => {
  const level = circularSums(mask('00111000'), mask('00011010'))
  expect([...level].map(Math.round)).toEqual([2, 2, 2, 1, 1, 0, 0, 1])
  const best = slidingMax(level, -1, 0)
  expect([...best].map(Math.round)).toEqual([2, 2, 2, 2, 1, 1, 0, 1])
  expect(shiftP(best)).toBe(0.5)
  expect(shiftP(level)).toBe(0.375)
})

test('E3: the onset contrast is the mean after the wall was reached minus the mean before', () => {
  const { weights } = onsetWeights(mask('00111000'), 2)
  expect([...weights]).toEqual([-0.5, -0.5, 0.5, 0.5, 0, 0, 0, 0])
})

test('a run at the very start, or with no room before it, is no crossing', () => {
  expect(onsetWeights(mask('1110000'), 5).crossings).toBe(0)
  expect(onsetWeights(mask('0011100'), 5).crossings).toBe(0)
  expect(onsetWeights(mask('0001100011'), 5).crossings).toBe(2)
  expect(onsetWeights(mask('0001101100'), 5).crossings).toBe(1)
})

test('p is a share of all shifts and never 0, whatever the columns', () => {
  const anyColumn = fc.array(fc.tuple(fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true })), {
    maxLength: 150,
  })
  fc.assert(
    fc.property(anyColumn, (column) => {
      const atLimit = Uint8Array.from(column, ([isAtLimit]) => (isAtLimit ? 1 : 0))
      const found = shiftTest(
        atLimit,
        Float64Array.from(column, ([, share]) => share),
      )
      for (const p of [found.p, found.pLevel, found.pOnset]) {
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
      }
      expect(found.detectable).not.toBeNaN()
      expect(found.lag).toBeGreaterThanOrEqual(-1)
    }),
  )
})
