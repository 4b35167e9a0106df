import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnOf } from '#domain/series/columnOf.ts'
import { m4Of } from '#domain/series/m4.ts'
import { epochMs } from '#domain/units.ts'
import { pyramidReader } from '#testing/pyramidReader.ts'
import { columnGrid, columnsToDraw } from './denseColumns.ts'

const anySeries = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.oneof(fc.integer(), fc.constant(NaN))), {
    maxLength: 400,
  })
  .map((steps) => {
    let at = 1_700_000_000_000
    return {
      timeMs: Float64Array.from(steps, ([step]) => (at += step)),
      value: Float64Array.from(steps, ([, value]) => value),
    }
  })
const anyWindow = fc
  .tuple(fc.integer({ min: -500, max: 15_000 }), fc.integer({ min: 50, max: 20_000 }))
  .map(([start, length]) => ({
    from: epochMs(1_700_000_000_000 + start),
    to: epochMs(1_700_000_000_000 + start + length),
  }))

test('what is drawn are the M4 points that reading every sample gives', () => {
  fc.assert(
    fc.property(
      anySeries,
      anyWindow,
      fc.integer({ min: 1, max: 300 }),
      (series, window, pixels) => {
        const { points } = columnsToDraw(pyramidReader(series), window, pixels)
        const { from, to, columns } = columnGrid(window, pixels)
        expect(points).toEqual(m4Of(series, from, to, columns))
      },
    ),
  )
})

test('a pan draws in every step what a window drawn for the first time would', () => {
  // Whole milliseconds a column, so that no sample is at an edge by a rounding only.
  const anyPan = fc.record({
    pixels: fc.integer({ min: 20, max: 120 }),
    columnMs: fc.integer({ min: 1, max: 120 }),
    starts: fc.array(fc.integer({ min: -500, max: 15_000 }), { minLength: 2, maxLength: 8 }),
    news: fc.array(fc.tuple(fc.nat(15_000), fc.integer()), { maxLength: 3 }),
  })
  // A gap at the edge of what is kept, which chance meets once in ten thousand.
  const gapAtEdge = {
    timeMs: Float64Array.of(52, 72, 83, 133, 136).map((ms) => 1_700_000_000_000 + ms),
    value: Float64Array.of(NaN, 0, 0, 0, 0),
  }
  const back = { pixels: 20, columnMs: 102, starts: [-70, 0, 0], news: [] }
  fc.assert(
    fc.property(anySeries, anyPan, (series, { pixels, columnMs, starts, news }) => {
      const reader = pyramidReader(series)
      const shown = (at: number) => {
        const from = epochMs(1_700_000_000_000 + at)
        const window = { from, to: epochMs(from + pixels * columnMs) }
        const { points } = columnsToDraw(reader, window, pixels)
        const grid = columnGrid(window, pixels)
        expect(points).toEqual(reader.window(grid.from, grid.to, grid.columns))
      }
      for (const start of starts) {
        // Small steps, as a hand takes them, and then a leap.
        for (const step of [0, 1, columnMs, 3 * columnMs + 1, -columnMs]) shown(start + step)
        const [at, value] = news.pop() ?? []
        if (at !== undefined) reader.push(1_700_000_000_000 + at, value!)
      }
    }),
    { examples: [[gapAtEdge, back]] },
  )
})

test('the columns cover the window and are a pixel each', () => {
  fc.assert(
    fc.property(anyWindow, fc.integer({ min: 1, max: 3_000 }), (window, pixels) => {
      const grid = columnGrid(window, pixels)
      expect(grid.from).toBeLessThanOrEqual(window.from)
      expect(grid.to).toBeGreaterThanOrEqual(window.to)
      expect(grid.columns).toBeLessThanOrEqual(pixels + 2)
      expect(grid.columnMs * pixels).toBeCloseTo(window.to - window.from, 6)
    }),
  )
})

test('a sample stays with its neighbours while a live window slides', () => {
  const length = 3_600_000
  const at = [10_000, 13_000, 16_000, 19_000].map((ms) => 1_800_000_000_000 + ms)
  const groups = [0, 1_000, 2_345, 7_000].map((slide) => {
    const from = epochMs(1_799_999_000_000 + slide)
    const grid = columnGrid({ from, to: epochMs(from + length) }, 500)
    const columns = at.map((each) => columnOf(each, grid.from, grid.to, grid.columns))
    return columns.map((column) => column - columns[0]!).join(' ')
  })
  expect(new Set(groups).size).toBe(1)
})
