import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anySamples,
  anyWindow,
  columnsOf,
  everything,
  expectedOf,
  filled,
  m4,
  type Sample,
} from '#testing/filledPyramid.ts'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { epochMs } from '../units.ts'
import { columnOf } from './columnOf.ts'
import { m4Of } from './m4.ts'
import { createPointBuffer } from './pointBuffer.ts'
import { createPyramid } from './pyramid.ts'

const finite = (values: Iterable<number>) => [...values].filter(Number.isFinite)

describe('any series, however it arrived', () => {
  const anyChunks = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 6 })

  test('is held in order, the later of two samples for one instant', () => {
    fc.assert(
      fc.property(anySamples, anyChunks, (samples, chunks) => {
        const pyramid = filled(samples, chunks)
        expect(everything(pyramid)).toEqual(expectedOf(samples))
        expect(pyramid.size).toBe(expectedOf(samples).timeMs.length)
      }),
    )
  })

  test('gives the points that reading every sample gives', () => {
    fc.assert(
      fc.property(anySamples, anyChunks, anyWindow, (samples, chunks, [from, length, columns]) => {
        const drawn = m4(filled(samples, chunks), from, from + length, columns)
        expect(drawn).toEqual(m4Of(expectedOf(samples), from, from + length, columns))
      }),
      { numRuns: 500 },
    )
  })

  test('gives the range that reading every sample gives', () => {
    fc.assert(
      fc.property(anySamples, anyChunks, anyWindow, (samples, chunks, [from, length]) => {
        const pyramid = filled(samples, chunks)
        const within = [...new Map(samples.map((sample) => [sample.at, sample])).values()]
          .filter(({ at, value }) => at >= from && at <= from + length && !Number.isNaN(value))
          .sort((a, b) => a.at - b.at)
        const range = pyramid.range(epochMs(from), epochMs(from + length))
        if (within.length === 0) {
          expect(range).toBeNull()
          return
        }
        const highest = within.reduce((best, sample) => (sample.value > best.value ? sample : best))
        const lowest = within.reduce((best, sample) => (sample.value < best.value ? sample : best))
        expect(range).toEqual({
          min: lowest.value,
          max: highest.value,
          maxAt: highest.at,
          count: within.length,
        })
      }),
    )
  })
})

describe('the points of a window', () => {
  test('are samples of the series, rising in time', () => {
    fc.assert(
      fc.property(anySamples, anyWindow, (samples, [from, length, columns]) => {
        const held = expectedOf(samples)
        const valueAt = new Map(Array.from(held.timeMs, (at, i) => [at, held.value[i]!]))
        const drawn = m4(filled(samples), from, from + length, columns)
        drawn.timeMs.forEach((at, i) => {
          expect(valueAt.get(at)).toBe(drawn.value[i])
          if (i > 0) expect(at).toBeGreaterThan(drawn.timeMs[i - 1]!)
        })
      }),
    )
  })

  test('keep the lowest and the highest value of the window', () => {
    fc.assert(
      fc.property(anySamples, anyWindow, (samples, [from, length, columns]) => {
        const to = from + length
        const pyramid = filled(samples)
        const drawn = m4(pyramid, from, to, columns)
        const inside = finite(
          drawn.value.filter((_, i) => {
            const at = drawn.timeMs[i]!
            return at >= from && at <= to
          }),
        )
        const range = pyramid.range(epochMs(from), epochMs(to))
        if (range === null) {
          expect(inside).toEqual([])
          return
        }
        expect(Math.min(...inside)).toBe(range.min)
        expect(Math.max(...inside)).toBe(range.max)
      }),
    )
  })

  test('are at most four per column, and one beside each edge', () => {
    fc.assert(
      fc.property(anySamples, anyWindow, (samples, [from, length, columns]) => {
        const to = from + length
        const drawn = m4(filled(samples), from, to, columns)
        const perColumn = new Map<number, number>()
        drawn.timeMs.forEach((at, i) => {
          if (Number.isNaN(drawn.value[i])) return
          const column = at < from ? -1 : at > to ? columns : columnOf(at, from, to, columns)
          perColumn.set(column, (perColumn.get(column) ?? 0) + 1)
        })
        for (const [column, count] of perColumn) {
          expect(count).toBeLessThanOrEqual(column < 0 || column === columns ? 1 : 4)
        }
      }),
    )
  })

  test('give the same points when they are downsampled again', () => {
    fc.assert(
      fc.property(anySamples, anyWindow, (samples, [from, length, columns]) => {
        const drawn = m4(filled(samples), from, from + length, columns)
        const again = createPyramid()
        again.insert(drawn)
        expect(m4(again, from, from + length, columns)).toEqual(drawn)
      }),
    )
  })

  test('never bridge a gap between two columns', () => {
    fc.assert(
      fc.property(anySamples, anyWindow, (samples, [from, length, columns]) => {
        const to = from + length
        const held = expectedOf(samples)
        const drawn = m4(filled(samples), from, to, columns)
        for (let i = 1; i < drawn.timeMs.length; i++) {
          const before = drawn.timeMs[i - 1]!
          const after = drawn.timeMs[i]!
          if (Number.isNaN(drawn.value[i - 1]) || Number.isNaN(drawn.value[i])) continue
          const isOneColumn =
            before >= from &&
            after <= to &&
            columnOf(before, from, to, columns) === columnOf(after, from, to, columns)
          if (isOneColumn) continue
          const between = held.value.filter((_, k) => {
            const at = held.timeMs[k]!
            return at > before && at < after
          })
          expect(finite(between)).toHaveLength(between.length)
        }
      }),
    )
  })
})

test('a series of many levels gives what reading it gives', () => {
  const size = 40_000
  const series = {
    timeMs: Float64Array.from({ length: size }, (_, i) => i * 1_000 + ((i * 7919) % 400)),
    value: Float64Array.from({ length: size }, (_, i) =>
      i % 997 < 40 ? NaN : Math.round(500 * Math.sin(i / 700) + ((i * 7919) % 31)),
    ),
  }
  const pyramid = createPyramid()
  pyramid.insert(series)
  for (const [from, to, columns] of [
    [0, size * 1_000, 1],
    [0, size * 1_000, 300],
    [123_456, 31_234_567, 777],
    [9_000_000, 9_050_000, 500],
  ] as const) {
    expect(m4(pyramid, from, to, columns)).toEqual(m4Of(series, from, to, columns))
  }
})

test('a series of several chunks holds what came late, and what is left after a drop', () => {
  const at = (i: number) => i * 1_000 + ((i * 7919) % 400)
  const samples = Array.from({ length: 40_000 }, (_, i): Sample => ({ at: at(i), value: i % 89 }))
  const pyramid = createPyramid()
  pyramid.insert(columnsOf(samples.filter((_, i) => i % 3 > 0)))
  pyramid.insert(columnsOf(samples.filter((_, i) => i % 3 === 0)))
  expect(everything(pyramid)).toEqual(columnsOf(samples))
  pyramid.drop(epochMs(at(10_000)), epochMs(at(30_000)))
  const left = [
    ...samples.slice(0, 10_000),
    { at: at(29_999), value: NaN },
    ...samples.slice(30_000),
  ]
  expect(everything(pyramid)).toEqual(columnsOf(left))
  expect(m4(pyramid, 0, at(40_000), 300)).toEqual(m4Of(columnsOf(left), 0, at(40_000), 300))
})

test('a day without a value costs no more than its blocks, and is one gap', () => {
  const pyramid = createPyramid()
  pyramid.push(epochMs(0), 4)
  for (let i = 1; i < 86_400; i++) pyramid.push(epochMs(i * 1_000), NaN)
  pyramid.push(epochMs(86_400_000), 5)
  expect([...m4(pyramid, 0, 86_400_000, 1_000).value]).toEqual([4, NaN, 5])
  expect(pyramid.range(epochMs(0), epochMs(86_400_000))?.count).toBe(2)
})

function drawn() {
  const pyramid = createPyramid()
  pyramid.insert(
    seriesFromText(`
      10s 20s 30s 40s 50s
        1   3   -   2   5
    `),
  )
  return pyramid
}

test('reads the newest sample at or before an instant, and nothing in a gap', () => {
  const pyramid = drawn()
  expect(pyramid.at(epochMs(9_999))).toBeNull()
  expect(pyramid.at(epochMs(25_000))).toEqual({ at: 20_000, value: 3 })
  expect(pyramid.at(epochMs(35_000))).toBeNull()
  expect(pyramid.at(epochMs(99_000))).toEqual({ at: 50_000, value: 5 })
})

test('steps from sample to sample over gaps, and ends at the ends', () => {
  const pyramid = drawn()
  expect(pyramid.neighbour(epochMs(20_000), 1)).toBe(40_000)
  expect(pyramid.neighbour(epochMs(20_001), -1)).toBe(20_000)
  expect(pyramid.neighbour(epochMs(40_000), -2)).toBe(10_000)
  expect(pyramid.neighbour(epochMs(41_000), 0)).toBe(40_000)
  expect(pyramid.neighbour(epochMs(50_000), 1)).toBeNull()
  expect(pyramid.neighbour(epochMs(10_000), -1)).toBeNull()
  expect(pyramid.neighbour(epochMs(10_000), 10)).toBeNull()
})

test('tells the newest value and the first and last instant', () => {
  const pyramid = drawn()
  pyramid.push(epochMs(60_000), NaN)
  expect(pyramid.latest()).toEqual({ at: 50_000, value: 5 })
  expect(pyramid.extent()).toEqual({ from: 10_000, to: 60_000 })
  expect(createPyramid().latest()).toBeNull()
  expect(createPyramid().extent()).toBeNull()
})

test('a sample for the newest instant replaces it, a gap by a value and back', () => {
  const pyramid = drawn()
  pyramid.push(epochMs(50_000), NaN)
  expect(pyramid.latest()).toEqual({ at: 40_000, value: 2 })
  pyramid.push(epochMs(50_000), 7)
  expect(pyramid.latest()).toEqual({ at: 50_000, value: 7 })
  expect(pyramid.range(epochMs(0), epochMs(60_000))?.count).toBe(4)
})

test('a value that is not finite is a gap; an instant that is not is refused', () => {
  const pyramid = drawn()
  pyramid.push(epochMs(60_000), Infinity)
  expect(pyramid.at(epochMs(60_000))).toBeNull()
  for (const at of [NaN, Infinity, -Infinity]) {
    expect(() => pyramid.push(epochMs(at), 1)).toThrow(RangeError)
    expect(() => createPyramid().push(epochMs(at), 1)).toThrow(RangeError)
  }
  expect(pyramid.size).toBe(6)
})

test('a copy of a stretch does not change when the series grows', () => {
  const pyramid = drawn()
  const copy = pyramid.slice(epochMs(10_000), epochMs(20_000))
  pyramid.push(epochMs(10_000), 99)
  expect([...copy.value]).toEqual([1, 3])
})

test('points that go to a buffer are those that do not, and are written over by the next', () => {
  fc.assert(
    fc.property(anySamples, anyWindow, anyWindow, (samples, window, next) => {
      const pyramid = filled(samples)
      const buffer = createPointBuffer()
      for (const [from, length, columns] of [window, next]) {
        const to = epochMs(from + length)
        const held = pyramid.m4(epochMs(from), to, columns)
        expect(pyramid.m4(epochMs(from), to, columns, buffer)).toEqual(held)
      }
    }),
  )
})
