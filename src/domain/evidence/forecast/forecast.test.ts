import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LimitSteps } from '../../metrics/limitSteps.ts'
import type { Series } from '../../series/series.ts'
import { normalFrom, type Random, seededRandom } from '../../stats/random.ts'
import { theilSen } from '../../stats/theilSen.ts'
import { epochMs, metricId } from '../../units.ts'
import type { WatchedSeries } from '../watchedSeries.ts'
import { forecastOf } from './forecast.ts'
import { blocksOf, trendOf } from './forecastTrend.ts'

const STEP_MS = 10_000

const series = (value: readonly number[], stepMs = STEP_MS): Series => ({
  timeMs: Float64Array.from(value, (_, i) => i * stepMs),
  value: Float64Array.from(value),
})

const limited = (value: number | null): LimitSteps => [
  { from: epochMs(-1), value, source: 'configured limit' },
]

const watched = (samples: Series, limits: LimitSteps): WatchedSeries => ({
  metric: metricId('calls.concurrent'),
  title: 'Calls',
  provenance: 'measured',
  scope: 'organisation',
  series: samples,
  limits,
  intervalMs: null,
})

/** What is forecast at the last of these samples. */
const forecastFrom = (value: readonly number[], limit: number | null) =>
  forecastOf(
    watched(series(value), limited(limit)),
    epochMs(0),
    epochMs((value.length - 1) * STEP_MS),
  )

const values = (count: number, at: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => at(i))
const seeded = () => seededRandom(1)

function autoregressive(random: Random, count: number, rho: number): number[] {
  let value = normalFrom(random)
  return values(count, () => (value = rho * value + Math.sqrt(1 - rho * rho) * normalFrom(random)))
}

test.each([
  { name: 'a ramp', at: (i: number) => 300 + 2 * i, b: 2, c: 419, rho: 0, isRising: true },
  {
    name: 'a ramp with steps to and fro',
    at: (i: number) => 300 + 0.5 * i + (Math.floor(i / 2) % 2 === 0 ? 3 : -3),
    b: 0.5,
    c: 329.75,
    rho: 0,
    isRising: true,
  },
  {
    name: 'a slow wave',
    at: (i: number) => 300 + 10 * Math.sin((2 * Math.PI * i) / 60),
    b: -0.082931,
    c: null,
    rho: 0.98,
    isRising: false,
  },
  { name: 'a constant', at: () => 300, b: 0, c: 300, rho: 0, isRising: false },
])('$name has the slope, level and persistence it should', ({ at, b, c, rho, isRising }) => {
  const blocks = blocksOf(series(values(120, at), 1))
  const trend = trendOf(blocks, seeded())
  expect(blocks.size).toBe(2)
  expect(trend.meanMs).toBeCloseTo(59.5, 9)
  expect(trend.slope).toBeCloseTo(b, 6)
  if (c !== null) expect(trend.level).toBeCloseTo(c, 9)
  expect(trend.rho).toBeCloseTo(rho, 9)
  expect(trend.isRising).toBe(isRising)
})

test('blocks keep the newest samples and the peak of each', () => {
  const blocks = blocksOf(series([9, 9, ...values(120, (i) => (i === 118 ? 50 : 10))], 1))
  expect(blocks.size).toBe(2)
  expect(blocks.level).toHaveLength(60)
  expect([blocks.timeMs[0], blocks.timeMs[59]]).toEqual([2.5, 120.5])
  expect([blocks.level[58], blocks.excess[58]]).toEqual([10, 0])
  expect([blocks.level[59], blocks.excess[59]]).toEqual([30, 20])
})

test('a steady rise reaches its limit when the line does', () => {
  // 2 per sample: 538 now, 600 after 31 samples.
  const forecast = forecastFrom(
    values(120, (i) => 300 + 2 * i),
    600,
  )
  if (forecast.kind !== 'trend') throw new Error(forecast.kind)
  expect(forecast.perHour).toBeCloseTo(720, 6)
  expect(forecast.isRough).toBe(false)
  for (const inMs of [forecast.in10Ms, forecast.in50Ms, forecast.in90Ms]) {
    expect(Math.abs((inMs ?? NaN) - 31 * STEP_MS)).toBeLessThanOrEqual(2 * STEP_MS)
  }
})

test('what is reached beyond three windows is later', () => {
  const rise = values(120, (i) => 300 + 2 * i)
  expect(forecastFrom(rise, 538 + 2 * 300)).toMatchObject({ kind: 'trend', horizonMs: 3_540_000 })
  expect(forecastFrom(rise, 538 + 2 * 400)).toMatchObject({
    in10Ms: null,
    in50Ms: null,
    in90Ms: null,
  })
})

test('the fan widens with the noise and holds its order', () => {
  const random = seededRandom(4)
  const rise = (sd: number) => values(300, (i) => 300 + i + sd * normalFrom(random))
  const width = (sd: number) => {
    const forecast = forecastFrom(rise(sd), 800)
    if (forecast.kind !== 'trend') throw new Error(forecast.kind)
    const { in10Ms, in50Ms, in90Ms } = forecast
    expect(in10Ms!).toBeLessThanOrEqual(in50Ms!)
    expect(in50Ms!).toBeLessThanOrEqual(in90Ms!)
    return in90Ms! - in10Ms!
  }
  expect(width(30)).toBeGreaterThan(width(2))
})

test('what falls, stands still or swings has no trend', () => {
  expect(
    forecastFrom(
      values(120, (i) => 900 - 3 * i),
      1_000,
    ).kind,
  ).toBe('no-trend')
  expect(
    forecastFrom(
      values(120, () => 400),
      1_000,
    ).kind,
  ).toBe('no-trend')
  expect(
    forecastFrom(
      values(120, (i) => 300 + 10 * Math.sin(i / 9.5)),
      1_000,
    ).kind,
  ).toBe('no-trend')
})

test('a value at its limit has reached it, unless both are 0', () => {
  const rise = values(120, (i) => 2 * i)
  expect(forecastFrom(rise, 238).kind).toBe('reached')
  expect(forecastFrom(rise, 0).kind).toBe('reached')
  expect(
    forecastFrom(
      values(120, () => 0),
      0,
    ).kind,
  ).toBe('no-trend')
})

test('the limit in force at the end counts', () => {
  const rise = series(values(120, (i) => 300 + 2 * i))
  const limits: LimitSteps = [
    ...limited(400),
    { from: epochMs(600_000), value: 600, source: 'change request' },
  ]
  const end = epochMs(119 * STEP_MS)
  expect(forecastOf(watched(rise, limits), epochMs(0), end).kind).toBe('trend')
  const unknown: LimitSteps = [{ from: epochMs(0), value: null, source: 'not published' }]
  expect(forecastOf(watched(rise, unknown), epochMs(0), end)).toEqual({
    kind: 'none',
    reason: 'limit-unknown',
  })
})

test('a shift of the level is no trend, and a trend behind it is found', () => {
  const random = seededRandom(8)
  const noise = values(240, () => 2 * normalFrom(random))
  const shifted = noise.map((one, i) => one + (i < 100 ? 300 : 420))
  expect(forecastFrom(shifted, 1_000).kind).toBe('no-trend')
  const rising = noise.map((one, i) => one + (i < 100 ? 300 : 420 + (i - 100) / 2))
  const forecast = forecastFrom(rising, 600)
  if (forecast.kind !== 'trend') throw new Error(forecast.kind)
  expect(forecast.perHour / 180).toBeCloseTo(1, 1)
})

test('a shift that has only just happened leaves too few samples', () => {
  const shifted = values(240, (i) => (i < 220 ? 300 : 420))
  expect(forecastFrom(shifted, 1_000)).toEqual({ kind: 'none', reason: 'too-few-samples' })
})

test('below thirty samples, or without a recent one, there is no forecast', () => {
  const none = { kind: 'none', reason: 'too-few-samples' }
  const rise = (count: number) => values(count, (i) => 300 + 2 * i)
  expect(forecastFrom(rise(29), 600)).toEqual(none)
  expect(forecastFrom(rise(30), 600).kind).toBe('trend')
  expect(forecastFrom([...rise(120), ...values(30, () => NaN)], 600)).toEqual(none)
})

test('looking twice at windows of one length gives one answer', () => {
  const random = seededRandom(5)
  const value = values(300, (i) => 300 + i + 20 * normalFrom(random))
  const moved: Series = { ...series(value), timeMs: series(value).timeMs.map((at) => at + 5_000) }
  const end = 299 * STEP_MS
  const first = forecastOf(watched(series(value), limited(900)), epochMs(0), epochMs(end))
  const second = forecastOf(watched(moved, limited(900)), epochMs(5_000), epochMs(end + 5_000))
  expect(first.kind).toBe('trend')
  expect(second).toEqual(first)
})

test('series without a trend are rarely given one', () => {
  const random = seededRandom(606)
  const calledAt = (rho: number) => {
    const calls = values(40, () =>
      forecastFrom(
        autoregressive(random, 120, rho).map((one) => 300 + 10 * one),
        1e6,
      ).kind === 'trend'
        ? 1
        : 0,
    )
    return calls.reduce((sum, one) => sum + one, 0) / calls.length
  }
  expect(calledAt(0)).toBeLessThanOrEqual(0.15)
  expect(calledAt(0.8)).toBeLessThanOrEqual(0.15)
})

test('the quick median of slopes is that of Theil and Sen', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 12, maxLength: 70 }),
      (drawn) => {
        const blocks = blocksOf(series(drawn, 7))
        const { slope } = trendOf(blocks, seeded())
        expect(slope).toBeCloseTo(theilSen(blocks.timeMs, blocks.level) ?? NaN, 9)
      },
    ),
    { numRuns: 20 },
  )
})

test('bad input is refused or answered, without an exception', () => {
  const anyNumber = fc.oneof(
    fc.integer({ min: 0, max: 900 }),
    fc.constantFrom(NaN, Infinity, -1e300),
  )
  const anyTime = fc.oneof(fc.integer({ min: 0, max: 99_000 }), fc.constant(NaN))
  const anyLimit = fc.option(fc.constantFrom(0, 500, 1e9, NaN))
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyTime, anyNumber), { maxLength: 80 }),
      anyLimit,
      (drawn, limit) => {
        const samples: Series = {
          timeMs: Float64Array.from(drawn, ([at]) => at),
          value: Float64Array.from(drawn, ([, value]) => value),
        }
        const forecast = forecastOf(watched(samples, limited(limit)), epochMs(0), epochMs(100_000))
        for (const value of Object.values(forecast)) expect(value).not.toBeNaN()
      },
    ),
    { numRuns: 60 },
  )
})
