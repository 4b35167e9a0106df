import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '../units.ts'
import { busiestMinute, perMinuteAt } from './perMinute.ts'

const second = (at: number) => epochMs(at * 1_000)
const countsOf = (counts: readonly (readonly [second: number, count: number])[]) => ({
  timeMs: Float64Array.from(counts, ([at]) => second(at)),
  value: Float64Array.from(counts, ([, count]) => count),
})

test('a minute holds what came after its beginning, up to its end', () => {
  const counts = countsOf([
    [0, 100],
    [1, 2],
    [30, 3],
    [60, 4],
    [61, 500],
  ])
  expect(perMinuteAt(counts, second(60))).toBe(9)
})

test('nothing counted is not zero, and a gap makes the minute unknown', () => {
  const counts = countsOf([
    [0, 1],
    [100, 0],
    [110, NaN],
  ])
  expect(perMinuteAt(counts, second(90))).toBeNull()
  expect(perMinuteAt(counts, second(105))).toBe(0)
  expect(perMinuteAt(counts, second(110))).toBeNull()
  expect(busiestMinute(countsOf([]))).toBeNull()
})

test('the busiest minute is the highest of all minutes that end with a sample', () => {
  const anyCounts = fc
    .uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 60 })
    .chain((seconds) =>
      fc
        .array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(NaN)), {
          minLength: seconds.length,
          maxLength: seconds.length,
        })
        .map((values) =>
          countsOf(seconds.toSorted((a, b) => a - b).map((at, i) => [at, values[i]!] as const)),
        ),
    )
  fc.assert(
    fc.property(anyCounts, (counts) => {
      const minutes = [...counts.timeMs]
        .map((at) => perMinuteAt(counts, epochMs(at)))
        .filter((count) => count !== null)
      expect(busiestMinute(counts)?.count ?? null).toBe(
        minutes.length === 0 ? null : Math.max(...minutes),
      )
    }),
  )
})
