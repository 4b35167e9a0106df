import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Series } from '#domain/series/series.ts'
import { clippedColumns, mergedColumns } from './columns.ts'

const series = (...samples: [number, number][]): Series => ({
  timeMs: Float64Array.from(samples, ([time]) => time),
  value: Float64Array.from(samples, ([, value]) => value),
})
const samplesOf = ({ timeMs, value }: Series) => Array.from(timeMs, (time, i) => [time, value[i]])

test('pieces that follow each other are joined as they are', () => {
  const joined = mergedColumns([series([1, 10], [2, Number.NaN]), series([3, 30])])
  expect(samplesOf(joined)).toEqual([
    [1, 10],
    [2, Number.NaN],
    [3, 30],
  ])
})

test('of two samples for one instant the later piece wins', () => {
  expect(samplesOf(mergedColumns([series([1, 10], [5, 50]), series([1, 11], [3, 30])]))).toEqual([
    [1, 11],
    [3, 30],
    [5, 50],
  ])
})

test('a clip keeps both of its ends', () => {
  expect(samplesOf(clippedColumns([series([1, 1], [2, 2], [3, 3], [4, 4])], 2, 3))).toEqual([
    [2, 2],
    [3, 3],
  ])
})

test('merging equals a map of instants to their last value, in order', () => {
  const piece = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer()), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const expected = [...new Map(pieces.flat())].toSorted(([a], [b]) => a - b)
      expect(samplesOf(mergedColumns(pieces.map((samples) => series(...samples))))).toEqual(
        expected,
      )
    }),
  )
})

test('a clip of pieces equals the clip of all of them as one', () => {
  const piece = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer()), { maxLength: 12 })
  const edge = fc.integer({ min: -5, max: 45 })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), edge, edge, (pieces, from, to) => {
      const all = pieces.map((samples) => series(...samples))
      const clipped = clippedColumns(all, from, to)
      const expected = samplesOf(mergedColumns(all)).filter(([at]) => at! >= from && at! <= to)
      expect(samplesOf(clipped)).toEqual(expected)
      // In memory of its own: it is handed to another thread.
      if (expected.length > 0)
        for (const one of all) expect(clipped.timeMs.buffer).not.toBe(one.timeMs.buffer)
    }),
  )
})
