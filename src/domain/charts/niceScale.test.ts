import fc from 'fast-check'
import { expect, test } from 'vitest'
import { niceScale, type ScaleNeed, type ValueScale } from './niceScale.ts'

const need = (highest: number, rest: Partial<ScaleNeed> = {}): ScaleNeed => ({
  lowest: 0,
  highest,
  heightPx: 162,
  headroomPx: 16,
  ...rest,
})

test('starts at zero, holds the limit with room for its label, and has at most four labels', () => {
  expect(niceScale(need(1_500), null)).toEqual({
    min: 0,
    max: 1_750,
    ticks: [0, 500, 1_000, 1_500],
  })
})

test('a label at the very top goes where three others are left', () => {
  expect(niceScale(need(50), null)).toEqual({ min: 0, max: 60, ticks: [0, 20, 40] })
  expect(niceScale(need(1_200, { heightPx: 81 }), null)).toEqual({
    min: 0,
    max: 1_500,
    ticks: [0, 500, 1_000],
  })
})

test('a low row has fewer labels', () => {
  expect(niceScale(need(75, { heightPx: 62, headroomPx: 5 }), null).ticks).toEqual([0, 50, 100])
})

test('nothing but zeros still has an axis', () => {
  expect(niceScale(need(0), null)).toEqual({ min: 0, max: 1, ticks: [0, 1] })
})

test('values below zero are on it', () => {
  const { min, ticks } = niceScale(need(10, { lowest: -3 }), null)
  expect(min).toBeLessThanOrEqual(-3)
  expect(ticks).toContain(0)
})

test('stays while what is needed still fits, and gives way when it does not', () => {
  const before = niceScale(need(1_500), null)
  expect(niceScale(need(1_560), before)).toBe(before)
  expect(niceScale(need(900), before)).toBe(before)
  expect(niceScale(need(650), before)).toEqual(niceScale(need(650), null))
  expect(niceScale(need(1_700), before)).not.toBe(before)
  expect(niceScale(need(300), before)).not.toBe(before)
})

test('whatever numbers there are, the axis has two ends and its labels lie between them', () => {
  const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true })
  const anySize = fc.integer({ min: 0, max: 2_000 })
  fc.assert(
    fc.property(anyNumber, anyNumber, anySize, (one, other, heightPx) => {
      const [lowest, highest] = [Math.min(one, other), Math.max(one, other)]
      const { min, max, ticks } = niceScale({ lowest, highest, heightPx, headroomPx: 16 }, null)
      expect(max - min).toBeGreaterThan(0)
      expect(max - min).toBeLessThan(Infinity)
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(min)
        expect(tick).toBeLessThanOrEqual(max)
      }
    }),
    {
      numRuns: 1_000,
      examples: [
        [0, 1e308, 164],
        [-1e308, 1e308, 164],
        [0, 5e-324, 164],
      ],
    },
  )
})

const anyNeed = fc.record({
  lowest: fc.integer({ min: -5_000, max: 0 }),
  highest: fc.oneof(
    fc.integer({ min: 0, max: 5_000 }),
    fc.double({ min: 0.001, max: 1e18, noNaN: true }),
  ),
  heightPx: fc.integer({ min: 20, max: 400 }),
  headroomPx: fc.integer({ min: 0, max: 20 }),
})

test('any need is met by a few rising round labels inside the axis', () => {
  fc.assert(
    fc.property(anyNeed, fc.option(anyNeed), (wanted, earlier) => {
      const before: ValueScale | null = earlier && niceScale(earlier, null)
      const { min, max, ticks } = niceScale(wanted, before)
      expect(min).toBeLessThanOrEqual(wanted.lowest)
      expect(max).toBeGreaterThanOrEqual(wanted.highest)
      expect(max).toBeGreaterThan(min)
      expect(niceScale(wanted, { min, max, ticks })).toEqual({ min, max, ticks })
      expect(ticks.length).toBeLessThanOrEqual(4)
      expect([...ticks]).toEqual([...ticks].sort((a, b) => a - b))
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(min)
        expect(tick).toBeLessThanOrEqual(max)
      }
    }),
    {
      examples: [
        [{ lowest: 0, highest: 0.0010000000000000002, heightPx: 20, headroomPx: 0 }, null],
      ],
    },
  )
})
