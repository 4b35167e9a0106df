import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { gapsOf, segmentsOf } from './gaps.ts'

const GAP_AFTER_MS = 25_000

test('a line is broken at gap samples and where samples are too far apart', () => {
  const series = seriesFromText(`
    0s 10s 20s 30s 40s   90s 115s
     1   2   -   3   4     5    6
  `)
  expect(segmentsOf(series, GAP_AFTER_MS)).toEqual([
    { start: 0, end: 2 },
    { start: 3, end: 5 },
    { start: 5, end: 7 },
  ])
  expect(gapsOf(series, GAP_AFTER_MS)).toEqual([
    { from: 10_000, to: 30_000 },
    { from: 40_000, to: 90_000 },
  ])
})

test('gap samples at the start open a gap, at the end they do not close one', () => {
  const series = seriesFromText(`
    0s 10s 20s 30s 40s
     -   -   1   -   -
  `)
  expect(segmentsOf(series, GAP_AFTER_MS)).toEqual([{ start: 2, end: 3 }])
  expect(gapsOf(series, GAP_AFTER_MS)).toEqual([{ from: 0, to: 20_000 }])
})

test('without values there are neither lines nor gaps', () => {
  const silent = seriesFromText(`
    0s 10s
     -   -
  `)
  expect(segmentsOf(silent, GAP_AFTER_MS)).toEqual([])
  expect(gapsOf(silent, GAP_AFTER_MS)).toEqual([])
})

test('every value is on exactly one line, and no line crosses a gap', () => {
  const anyPoints = fc.array(
    fc.record({
      step: fc.integer({ min: 1, max: 60_000 }),
      value: fc.oneof(fc.integer(), fc.constant(NaN)),
    }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(anyPoints, (points) => {
      let at = 0
      const series = {
        timeMs: Float64Array.from(points, ({ step }) => (at += step)),
        value: Float64Array.from(points, ({ value }) => value),
      }
      const covered: number[] = []
      for (const { start, end } of segmentsOf(series, GAP_AFTER_MS)) {
        for (let i = start; i < end; i++) {
          covered.push(i)
          if (i > start) {
            expect(series.timeMs[i]! - series.timeMs[i - 1]!).toBeLessThanOrEqual(GAP_AFTER_MS)
          }
        }
      }
      const values = points.flatMap(({ value }, i) => (Number.isNaN(value) ? [] : [i]))
      expect(covered).toEqual(values)
    }),
  )
})
