import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { areaPath, drawnSeries, linePath } from './seriesPath.ts'

const span = (from: number, to: number) => ({ from: epochMs(from), to: epochMs(to) })
const place = { x: (at: number) => at / 1_000, y: (value: number) => 100 - value }

test('a line is broken at a gap, which is told from sample to sample', () => {
  const series = seriesFromText(`
    0s 10s 20s   60s 70s
     1   2   3     5   6
  `)
  const drawn = drawnSeries(series, span(0, 70_000), 700, 25_000)
  expect(linePath(drawn.lines, place)).toBe('M0 99L10 98 20 97M60 95L70 94')
  expect(areaPath(drawn.lines, place, 100)).toBe(
    'M0 100L0 99 10 98 20 97V100ZM60 100L60 95 70 94V100Z',
  )
  expect(drawn.gaps).toEqual([{ from: 20_000, to: 60_000 }])
})

test('before the first sample and after the last one nothing is known', () => {
  const series = seriesFromText(`
    100s 110s
       1    2
  `)
  const { lines, gaps } = drawnSeries(series, span(0, 200_000), 700, 25_000)
  expect(gaps).toEqual([
    { from: 0, to: 100_000 },
    { from: 110_000, to: 200_000 },
  ])
  expect(lines).toHaveLength(1)
})

test('a file that comes as it comes has no gaps at its ends', () => {
  const series = seriesFromText(`
    100s 190s
       1    2
  `)
  expect(drawnSeries(series, span(0, 200_000), 700, Infinity).gaps).toEqual([])
})

test('a window without a value is one gap', () => {
  const series = seriesFromText(`
    10s 20s
      -   -
  `)
  const window = span(0, 30_000)
  expect(drawnSeries(series, window, 300, 25_000)).toEqual({ lines: [], gaps: [window] })
})

test('a line ends at the edges of the window, on its way to the samples beyond', () => {
  const series = seriesFromText(`
    0s 10s 20s
     0  10   0
  `)
  const { lines, gaps } = drawnSeries(series, span(5_000, 15_000), 700, 25_000)
  expect(lines).toEqual([
    [
      { at: 5_000, value: 5 },
      { at: 10_000, value: 10 },
      { at: 15_000, value: 5 },
    ],
  ])
  expect(gaps).toEqual([])
})

test('a sample between two gaps is a dot', () => {
  const series = seriesFromText(`
    0s 10s 20s 30s 40s
     1   -   5   -   1
  `)
  const { lines } = drawnSeries(series, span(0, 40_000), 400, 25_000)
  expect(linePath(lines, place)).toBe('M0 99h0M20 95h0M40 99h0')
})

test('a spike of one sample is drawn, however many samples share its column', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9_999 }),
      fc.integer({ min: 1, max: 300 }),
      (index, columns) => {
        const timeMs = Float64Array.from({ length: 10_000 }, (_, i) => 1_000 * i)
        const value = timeMs.map((_, i) => (i === index ? 5_000 : i % 7))
        const { lines } = drawnSeries({ timeMs, value }, span(0, 9_999_000), columns, 2_500)
        expect(lines.flat()).toContainEqual({ at: 1_000 * index, value: 5_000 })
        expect(lines.flat().length).toBeLessThanOrEqual(4 * columns)
      },
    ),
    { numRuns: 30 },
  )
})
