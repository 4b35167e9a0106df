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
