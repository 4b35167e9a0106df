import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { between, holding, LONGEST_MS, panned, SHORTEST_MS, zoomed } from './windowMath.ts'

const window = { from: epochMs(1_000_000), to: epochMs(1_100_000) }
const anyWindow = fc
  .tuple(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: SHORTEST_MS, max: LONGEST_MS }))
  .map(([from, length]) => ({ from: epochMs(from), to: epochMs(from + length) }))

test('zooming holds the instant under the pointer', () => {
  expect(zoomed(window, 0.25, 0.5)).toEqual({ from: 1_012_500, to: 1_062_500 })
  fc.assert(
    fc.property(
      anyWindow,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      (before, share, factor) => {
        const after = zoomed(before, share, factor)
        const held = before.from + (before.to - before.from) * share
        expect(Math.abs(after.from + (after.to - after.from) * share - held)).toBeLessThanOrEqual(2)
      },
    ),
  )
})

test('zooming ends at the shortest and the longest window', () => {
  expect(zoomed(window, 0.5, 1e-9)).toEqual({ from: 1_045_000, to: 1_055_000 })
  const longest = zoomed(window, 0.5, 1e9)
  expect(longest.to - longest.from).toBe(LONGEST_MS)
})

test('panning there and back is where it was, and keeps the length', () => {
  fc.assert(
    fc.property(anyWindow, fc.double({ min: -3, max: 3, noNaN: true }), (before, share) => {
      const away = panned(before, share)
      expect(away.to - away.from).toBe(before.to - before.from)
      expect(Math.abs(panned(away, -share).from - before.from)).toBeLessThanOrEqual(1)
    }),
  )
})

test('a range may be drawn in either direction, but not too short', () => {
  expect(between(1_060_000, 1_020_000)).toEqual({ from: 1_020_000, to: 1_060_000 })
  expect(between(1_020_000, 1_020_500)).toBeNull()
})

test('a window follows an instant that leaves it', () => {
  expect(holding(window, 1_050_000)).toBe(window)
  expect(holding(window, 1_110_000)).toEqual({ from: 1_020_000, to: 1_120_000 })
  expect(holding(window, 990_000)).toEqual({ from: 980_000, to: 1_080_000 })
})
