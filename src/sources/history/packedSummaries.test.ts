import fc from 'fast-check'
import { expect, test } from 'vitest'
import { summarised } from '#domain/series/minuteSummaries.ts'
import { DAY_MS, MINUTE_MS } from '#domain/units.ts'
import { rowsOf } from '#testing/anySummaries.ts'
import { packedSummaries, unpackedSummaries } from './packedSummaries.ts'

const DAY = Date.UTC(2026, 2, 2)

/** One sample per minute of a day, with these values. */
const minutes = (values: readonly number[]) =>
  summarised({
    timeMs: Float64Array.from(values, (_, i) => DAY + i * MINUTE_MS + 250),
    value: Float64Array.from(values),
  })
const typeOf = (values: readonly number[]) => packedSummaries(minutes(values), DAY).max.constructor

test('columns take no more room than their values need', () => {
  expect(typeOf([0, 255])).toBe(Uint8Array)
  expect(typeOf([-1, 127])).toBe(Int8Array)
  expect(typeOf([0, 1_500])).toBe(Uint16Array)
  expect(typeOf([0, 70_000])).toBe(Uint32Array)
  expect(typeOf([0.5, 12.25])).toBe(Float32Array)
  expect(typeOf([3, NaN])).toBe(Float32Array)
  expect(typeOf([0.1])).toBe(Float64Array)
  expect(typeOf([2 ** 40])).toBe(Float32Array)
  expect(typeOf([2 ** 40 + 1])).toBe(Float64Array)
})

test('a day of a usual metric takes an eighth of what its samples took', () => {
  const day = minutes(Array.from({ length: 1_440 }, (_, i) => 1_000 + (i % 300)))
  const sizeBytes = Object.values(packedSummaries(day, DAY)).reduce(
    (sum, column) => sum + column.byteLength,
    0,
  )
  const everyTenSeconds = (DAY_MS / 10_000) * 16
  expect(sizeBytes).toBeLessThanOrEqual(everyTenSeconds / 8)
})

test('what is stored comes back exactly', () => {
  const anyDay = fc.array(fc.oneof(fc.integer(), fc.double({ noDefaultInfinity: true })), {
    maxLength: 50,
  })
  fc.assert(
    fc.property(anyDay, (values) => {
      const day = minutes(values)
      expect(rowsOf(unpackedSummaries(packedSummaries(day, DAY), DAY))).toEqual(rowsOf(day))
    }),
  )
})
