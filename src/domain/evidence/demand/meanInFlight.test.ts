import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meanInFlight } from './meanInFlight.ts'

test('each bin holds the mean over its time', () => {
  const { timeMs, value } = meanInFlight([100, 150, 300], [200, 250, 400], 100)
  expect([...timeMs]).toEqual([100, 200, 300])
  expect([...value]).toEqual([1.5, 0.5, 1])
})

test('what lasts longer than a bin fills those between', () => {
  expect([...meanInFlight([50], [350], 100).value]).toEqual([0.5, 1, 1, 0.5])
})

test('nothing in flight, and what cannot be read, count nothing', () => {
  expect(meanInFlight([], [], 100).value).toHaveLength(0)
  expect(
    [...meanInFlight([100, 120, Number.NaN], [100, 110, 500], 100).value].every((v) => v === 0),
  ).toBe(true)
})

test('the time in flight is kept, whatever the bins', () => {
  const span = fc.record({
    at: fc.integer({ min: 0, max: 5_000 }),
    took: fc.integer({ min: 0, max: 900 }),
  })
  fc.assert(
    fc.property(
      fc.array(span, { minLength: 1 }),
      fc.integer({ min: 1, max: 700 }),
      (spans, binMs) => {
        const { value } = meanInFlight(
          spans.map(({ at }) => at),
          spans.map(({ at, took }) => at + took),
          binMs,
        )
        const total = spans.reduce((sum, { took }) => sum + took, 0)
        expect(value.reduce((sum, mean) => sum + mean * binMs, 0)).toBeCloseTo(total, 5)
      },
    ),
  )
})
