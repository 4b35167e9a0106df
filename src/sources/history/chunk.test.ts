import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HOUR_MS, later } from '#domain/units.ts'
import { CALLS, ORG, START } from '#testing/historyPages.ts'
import { type Chunk, chunkOf, samplesIn } from './chunk.ts'

const hour = (count: number) => later(START, count * HOUR_MS)

test('what is stored of an hour comes back exactly, hour after hour', () => {
  const anyTime = fc.oneof(
    fc.integer({ min: 0, max: HOUR_MS - 1 }),
    fc.double({ min: 0, max: HOUR_MS - 1, noNaN: true }).map((at) => Math.fround(at)),
  )
  const anySample = fc.tuple(anyTime, fc.oneof(fc.integer(), fc.double()))
  fc.assert(
    fc.property(fc.array(fc.array(anySample), { maxLength: 4 }), (hours) => {
      const series = hours.map((samples, i) => ({
        timeMs: Float64Array.from(samples, ([at]) => hour(i) + at),
        value: Float64Array.from(samples, ([, value]) => value),
      }))
      const chunks = series.map((samples, i) => chunkOf([ORG, CALLS, hour(i)], samples))
      expect(samplesIn(chunks)).toEqual({
        timeMs: Float64Array.from(series.flatMap(({ timeMs }) => [...timeMs])),
        value: Float64Array.from(series.flatMap(({ value }) => [...value])),
      })
    }),
  )
})

test('a chunk of the first version is read beside one of now', () => {
  const samples = {
    timeMs: Float64Array.of(hour(0), hour(0) + 250),
    value: Float64Array.of(7, Number.NaN),
  }
  const old: Chunk = { org: ORG, metric: CALLS, hour: hour(0), ...samples }
  const now = chunkOf([ORG, CALLS, hour(1)], {
    timeMs: Float64Array.of(hour(1)),
    value: Float64Array.of(9),
  })
  expect(samplesIn([old, now])).toEqual({
    timeMs: Float64Array.of(hour(0), hour(0) + 250, hour(1)),
    value: Float64Array.of(7, Number.NaN, 9),
  })
})

test('an hour of whole numbers takes less than half of its columns', () => {
  const timeMs = Float64Array.from({ length: 360 }, (_, i) => hour(0) + i * 10_000)
  const chunk = chunkOf([ORG, CALLS, hour(0)], { timeMs, value: timeMs.map((_, i) => 900 + i) })
  if (!('afterMs' in chunk)) throw new Error('a chunk is packed')
  const sizeBytes = chunk.afterMs.byteLength + chunk.value.byteLength
  expect(sizeBytes).toBeLessThan((360 * 16) / 2)
})
