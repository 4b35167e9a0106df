import { expect, test } from 'vitest'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { m4Of } from './m4.ts'
import type { Series } from './series.ts'

const SECOND = 1_000
const points = ({ timeMs, value }: Series) =>
  Array.from(timeMs, (at, i) => `${at / SECOND}:${value[i]}`).join(' ')

test('keeps first, lowest, highest and last of each column', () => {
  const series = seriesFromText(`
    0s 1s 2s 3s 4s   10s 11s 12s 13s 14s
     5  9  7  1  4     2   2   2   8   2
  `)
  expect(points(m4Of(series, 0, 20 * SECOND, 2))).toBe('0:5 1:9 3:1 4:4 10:2 13:8 14:2')
})

test('the end of the window belongs to the last column', () => {
  const series = seriesFromText(`
    0s 10s 20s
     1   2   3
  `)
  expect(points(m4Of(series, 0, 20 * SECOND, 2))).toBe('0:1 10:2 20:3')
})

test('one sample beside each edge is kept, so that lines reach the edges', () => {
  const series = seriesFromText(`
    0s 1s 5s 9s 10s
     1  2  3  4   5
  `)
  expect(points(m4Of(series, 2 * SECOND, 8 * SECOND, 3))).toBe('1:2 5:3 9:4')
  expect(points(m4Of(series, 6 * SECOND, 8 * SECOND, 3))).toBe('5:3 9:4')
  expect(points(m4Of(series, 20 * SECOND, 30 * SECOND, 3))).toBe('10:5')
})

test('a gap between columns is one point without a value, at its first sample', () => {
  const series = seriesFromText(`
    0s 1s 2s 3s 4s 5s
     1  -  -  -  2  3
  `)
  expect(points(m4Of(series, 0, 6 * SECOND, 6))).toBe('0:1 1:NaN 4:2 5:3')
})

test('a gap narrower than a column is left out', () => {
  const series = seriesFromText(`
    0s 1s 2s 3s
     1  -  2  3
  `)
  expect(points(m4Of(series, 0, 4 * SECOND, 1))).toBe('0:1 3:3')
})

test('gaps at the ends of the window are told too', () => {
  const series = seriesFromText(`
    0s 1s 2s 3s 4s
     1  -  2  -  -
  `)
  expect(points(m4Of(series, 1.5 * SECOND, 3.5 * SECOND, 4))).toBe('1:NaN 2:2 3:NaN')
})

test('a window without length or columns holds nothing', () => {
  const series = seriesFromText(`
    0s 1s
     1  2
  `)
  expect(m4Of(series, 5, 5, 10).timeMs).toHaveLength(0)
  expect(m4Of(series, 0, 10, 0).timeMs).toHaveLength(0)
})

test('twenty single hits in a week of samples are all still there in 800 columns', () => {
  // statistics.md §4.6: a mean per column keeps none of them, the last value 1.3 %, LTTB 95.4 %.
  const samples = 60_480
  const stepMs = 10 * SECOND
  const hits = Array.from({ length: 20 }, (_, i) => 1_511 + i * 3_001)
  const value = Float64Array.from(
    { length: samples },
    (_, i) => 600 + 150 * Math.sin((2 * Math.PI * i) / 8_640) + ((i * 7_919) % 41),
  )
  for (const hit of hits) value[hit] = 1_000
  const timeMs = Float64Array.from(value, (_, i) => i * stepMs)
  const drawn = m4Of({ timeMs, value }, 0, samples * stepMs, 800)
  const times = new Set(drawn.timeMs)
  expect(hits.filter((hit) => times.has(hit * stepMs))).toHaveLength(20)
})
