import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySamples, anyStepMs, anySummaries, rowsOf } from '#testing/anySummaries.ts'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { DAY_MS, durationMs, MINUTE_MS } from '../units.ts'
import { coarsened, stepFor } from './minuteCoarsened.ts'
import { mergedSummaries, withLateSummaries, withStretch } from './minuteMerge.ts'
import { summarised, type Summaries } from './minuteSummaries.ts'

const minutes = (steps: Summaries) =>
  Array.from(steps.startMs, (start, i) => ({
    minute: start / MINUTE_MS,
    range: [steps.min[i], steps.max[i]],
    sum: steps.sum[i],
    last: steps.last[i],
    count: steps.count[i],
  }))

test('a minute keeps its lowest, its highest, its last, and what its samples add up to', () => {
  const series = seriesFromText(`
    0s 10s 59s  60s  130s
     4   9   5    7     2
  `)
  expect(minutes(summarised(series))).toEqual([
    { minute: 0, range: [4, 9], sum: 18, last: 5, count: 3 },
    { minute: 1, range: [7, 7], sum: 7, last: 7, count: 1 },
    { minute: 2, range: [2, 2], sum: 2, last: 2, count: 1 },
  ])
})

test('a gap is not counted, and a minute that ended in one says so', () => {
  const series = seriesFromText(`
    0s 10s 20s  60s 70s  120s
     4   -   6    8   -     -
  `)
  expect(minutes(summarised(series))).toEqual([
    { minute: 0, range: [4, 6], sum: 10, last: 6, count: 2 },
    { minute: 1, range: [8, 8], sum: 8, last: NaN, count: 1 },
    { minute: 2, range: [NaN, NaN], sum: 0, last: NaN, count: 0 },
  ])
})

test('two summaries of one minute are one, and the newer last sample is the last', () => {
  const one = summarised(
    seriesFromText(`
    0s 50s  60s
     4   9    1
  `),
  )
  const other = summarised(
    seriesFromText(`
    30s  120s
     12     3
  `),
  )
  const expected = [
    { minute: 0, range: [4, 12], sum: 25, last: 9, count: 3 },
    { minute: 1, range: [1, 1], sum: 1, last: 1, count: 1 },
    { minute: 2, range: [3, 3], sum: 3, last: 3, count: 1 },
  ]
  expect(minutes(mergedSummaries(one, other))).toEqual(expected)
  expect(minutes(mergedSummaries(other, one))).toEqual(expected)
})

test('a late sample is added to its minute; a minute that comes once again is not counted twice', () => {
  const known = summarised(
    seriesFromText(`
    0s 10s 20s
     4   5   6
  `),
  )
  const late = summarised(
    seriesFromText(`
    15s
      9
  `),
  )
  expect(minutes(withLateSummaries(known, known))).toEqual(minutes(known))
  expect(minutes(withLateSummaries(known, late))).toEqual([
    { minute: 0, range: [4, 9], sum: 24, last: 6, count: 4 },
  ])
})

test('a stretch takes the place of what was known of it, and of nothing else', () => {
  const known = summarised(
    seriesFromText(`
    0m 1m 2m 3m
     1  2  3  4
  `),
  )
  const better = summarised(
    seriesFromText(`
    1m 2m
     7  8
  `),
  )
  const lasts = (from: number, to: number) => [
    ...withStretch(known, from * MINUTE_MS, to * MINUTE_MS, better).last,
  ]
  expect(lasts(1, 3)).toEqual([1, 7, 8, 4])
  expect(lasts(0, 9)).toEqual([7, 8])
})

test('longer steps hold the lowest and the highest of theirs, sums and counts added', () => {
  const series = seriesFromText(`
    0m 1m 4m  5m 9m
     4  9  5   7  -
  `)
  expect(minutes(coarsened(summarised(series), durationMs(5 * MINUTE_MS)))).toEqual([
    { minute: 0, range: [4, 9], sum: 18, last: 5, count: 3 },
    { minute: 5, range: [7, 7], sum: 7, last: NaN, count: 1 },
  ])
})

test('steps are as short as some 6 000 of them allow', () => {
  const daysOf = (days: number) => stepFor(durationMs(days * DAY_MS)) / MINUTE_MS
  expect([1, 4, 5, 20, 30, 120, 396].map(daysOf)).toEqual([1, 1, 2, 5, 30, 30, 120])
})

test('the extremes of all samples are those of the steps, and the counts add up', () => {
  fc.assert(
    fc.property(anySamples, anyStepMs, (series, stepMs) => {
      const steps = coarsened(summarised(series), stepMs)
      const values = [...series.value].filter((value) => !Number.isNaN(value))
      const known = (column: Float64Array) => [...column].filter((value) => !Number.isNaN(value))
      expect(Math.min(...known(steps.min))).toBe(Math.min(...values))
      expect(Math.max(...known(steps.max))).toBe(Math.max(...values))
      expect(steps.count.reduce((sum, count) => sum + count, 0)).toBe(values.length)
      expect(steps.sum.reduce((sum, part) => sum + part, 0)).toBe(
        values.reduce((sum, value) => sum + value, 0),
      )
    }),
  )
})

test('samples summarised in two lots come to the same as in one', () => {
  fc.assert(
    fc.property(anySamples, fc.array(fc.boolean()), (series, choice) => {
      const half = (isFirst: boolean) => {
        const chosen = [...series.timeMs.keys()].filter((i) => (choice[i] ?? true) === isFirst)
        return summarised({
          timeMs: Float64Array.from(chosen, (i) => series.timeMs[i]!),
          value: Float64Array.from(chosen, (i) => series.value[i]!),
        })
      }
      expect(rowsOf(mergedSummaries(half(true), half(false)))).toEqual(rowsOf(summarised(series)))
    }),
  )
})

test('made longer twice is the same as made longer once', () => {
  fc.assert(
    fc.property(anySummaries, anyStepMs, fc.integer({ min: 1, max: 6 }), (steps, once, times) => {
      const twice = durationMs(once * times)
      expect(rowsOf(coarsened(coarsened(steps, once), twice))).toEqual(
        rowsOf(coarsened(steps, twice)),
      )
    }),
  )
})
