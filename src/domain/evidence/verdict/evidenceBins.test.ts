import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LimitSteps } from '../../metrics/limitSteps.ts'
import { durationMs, epochMs, metricId } from '../../units.ts'
import type { WatchedSeries } from '../watchedSeries.ts'
import { evidenceBins } from './evidenceBins.ts'

const NONE = { timeMs: new Float64Array(0), count: new Float64Array(0) }

const step = (from: number, value: number | null) => ({
  from: epochMs(from),
  value,
  source: 'test',
})

function watched(
  samples: readonly (readonly [number, number])[],
  limits: LimitSteps,
): WatchedSeries {
  return {
    metric: metricId('connections'),
    title: 'Connections',
    provenance: 'measured',
    scope: 'organisation',
    intervalMs: durationMs(1_000),
    limits,
    series: {
      timeMs: Float64Array.from(samples, ([at]) => at),
      value: Float64Array.from(samples, ([, value]) => value),
    },
  }
}

const failures = (...rows: readonly (readonly [number, number])[]) => ({
  timeMs: Float64Array.from(rows, ([at]) => at),
  count: Float64Array.from(rows, ([, count]) => count),
})

/** Bins of the window 0–`to`. */
function binsOf(
  samples: readonly (readonly [number, number])[],
  to: number,
  more: Partial<Parameters<typeof evidenceBins>[0]> = {},
) {
  return evidenceBins({
    from: epochMs(0),
    to: epochMs(to),
    watched: watched(samples, [step(0, 100)]),
    capacity: NONE,
    attempts: null,
    ...more,
  })
}

const everySecond = (values: readonly number[]) =>
  values.map((value, i) => [i * 1_000 + 300, value] as const)

test('a bin takes its highest value with the limit in force at that sample', () => {
  const limits = [step(0, 100), step(1_500, 200)]
  const samples = [
    [0, 5],
    [400, 9],
    [900, 7],
    [1_000, 3],
    [1_600, 4],
    [2_100, 8],
  ] as const
  const bins = binsOf([], 3_000, { watched: watched(samples, limits) })
  expect([...bins.value]).toEqual([9, 4, 8])
  expect([...bins.limit]).toEqual([100, 200, 200])
})

test('bins are as fine as the samples allow and stand on multiples of their length', () => {
  const quarter = Array.from({ length: 200 }, (_, i) => [i * 15_004 + 7, 1] as const)
  const bins = binsOf(quarter, 3_000_000)
  expect(bins.binMs).toBe(15_000)
  const day = binsOf([], 86_400_000, { from: epochMs(7_000) })
  expect(day.binMs).toBe(6_000)
  expect(day.startMs).toBe(6_000)
  expect(day.value).toHaveLength(14_399)
  expect(binsOf(everySecond([1, 2]), 9_000, { minBinMs: 100 }).binMs).toBe(1_000)
  const fine = Array.from({ length: 90 }, (_, i) => [i * 100, 1] as const)
  expect(binsOf(fine, 9_000, { minBinMs: 100 }).value).toHaveLength(90)
  expect(binsOf(fine, 9_000).value).toHaveLength(9)
})

test('one missing bin between neighbours takes the higher of them, two stay missing', () => {
  const samples = [
    [0, 5],
    [1_000, 6],
    [1_999, 4],
    [3_200, 9],
    [4_000, 9],
    [7_000, 1],
    [8_000, 2],
  ] as const
  const { value, isObserved } = binsOf(samples, 9_000)
  expect([...value]).toEqual([5, 6, 9, 9, 9, Number.NaN, Number.NaN, 1, 2])
  expect([...isObserved]).toEqual([1, 1, 1, 1, 1, 0, 0, 1, 1])
})

test('a gap that is known to be one is not filled, nor is time without a known limit', () => {
  const samples = everySecond([5, Number.NaN, 5, 5, 5])
  expect([...binsOf(samples, 5_000).isObserved]).toEqual([1, 0, 1, 1, 1])
  const limits = [step(0, 100), step(3_000, null), step(4_000, 100)]
  const unknown = binsOf([], 5_000, { watched: watched(everySecond([5, 5, 5, 5, 5]), limits) })
  expect([...unknown.isObserved]).toEqual([1, 1, 1, 0, 1])
})

test('errors count in their bin; those outside of the window do not', () => {
  const capacity = failures(
    [-1, 7],
    [2_900, 2],
    [1_500, 1],
    [2_000, 3],
    [5_000, 9],
    [1_200, Number.NaN],
  )
  const bins = binsOf(everySecond([1, 1, Number.NaN, 1, 1]), 5_000, { capacity })
  expect([...bins.errors]).toEqual([0, 1, 5, 0, 0])
  expect(bins.errorsUncovered).toBe(5)
})

test('attempts belong to the time before their sample, and are never fewer than the errors', () => {
  const attempts = {
    timeMs: Float64Array.of(1_000, 2_000, 4_000, 5_000),
    value: Float64Array.of(3, 4, 6, 2),
  }
  const capacity = failures([1_200, 1], [4_500, 5])
  const bins = binsOf(everySecond([1, 1, 1, 1, 1]), 5_000, { attempts, capacity })
  expect([...bins.attempts!]).toEqual([3, 4, 3, 3, 5])
})

test('attempts that are mostly unknown, or of somebody else, are not used', () => {
  const samples = everySecond(Array.from({ length: 100 }, () => 1))
  const capacity = failures([20_500, 30], [21_500, 30])
  const short = { timeMs: Float64Array.of(1_000, 2_000), value: Float64Array.of(3, 4) }
  expect(binsOf(samples, 100_000, { attempts: short, capacity }).attempts).toBeNull()
  const few = {
    timeMs: Float64Array.from({ length: 100 }, (_, i) => (i + 1) * 1_000),
    value: new Float64Array(100).fill(0.2),
  }
  expect(binsOf(samples, 100_000, { attempts: few, capacity }).attempts).toBeNull()
  expect(
    binsOf(samples, 100_000, { attempts: { ...few, value: few.value.map(() => 2) }, capacity })
      .attempts,
  ).not.toBeNull()
})

test('a bin whose attempts are not known is not observed', () => {
  const attempts = {
    timeMs: Float64Array.from({ length: 100 }, (_, i) => (i + 1) * 1_000),
    value: Float64Array.from({ length: 100 }, (_, i) => (i === 40 ? Number.NaN : 2)),
  }
  const samples = everySecond(Array.from({ length: 100 }, () => 1))
  const { isObserved } = binsOf(samples, 100_000, { attempts })
  expect([...isObserved].flatMap((one, i) => (one ? [] : [i]))).toEqual([40])
})

test('the order of samples, and samples told twice, change nothing', () => {
  const anySamples = fc.array(
    fc.tuple(fc.integer({ min: -5_000, max: 40_000 }), fc.integer({ min: 0, max: 120 })),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(anySamples, (samples) => {
      const shuffled = samples.toReversed().concat(samples.slice(0, 3))
      const one = binsOf(samples, 30_000, { minBinMs: 2_000 })
      const other = binsOf(shuffled, 30_000, { minBinMs: 2_000 })
      expect(other.binMs).toBe(one.binMs)
      expect([...other.value]).toEqual([...one.value])
      expect([...other.isObserved]).toEqual([...one.isObserved])
    }),
  )
})

test('a window without length, of no numbers or without samples has nothing observed', () => {
  for (const [from, to] of [
    [5, 5],
    [9, 2],
    [Number.NaN, 5],
    [0, Infinity],
  ] as const) {
    const bins = binsOf(everySecond([1, 2]), 0, { from: epochMs(from), to: epochMs(to) })
    expect(bins.value).toHaveLength(0)
    expect(Number.isFinite(bins.binMs)).toBe(true)
  }
  expect([...binsOf([], 3_000).isObserved]).toEqual([0, 0, 0])
  expect([
    ...binsOf(
      [
        [Number.NaN, 5],
        [500, 5],
      ],
      2_000,
    ).isObserved,
  ]).toEqual([1, 0])
})
