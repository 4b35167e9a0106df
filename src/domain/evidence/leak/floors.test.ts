import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Series } from '../../series/series.ts'
import { normalFrom, seededRandom } from '../../stats/random.ts'
import type { Iteration } from '../../timeline/iterations.ts'
import { epochMs } from '../../units.ts'
import { floorsOf } from './floors.ts'

const everySecond = (value: readonly number[], from = 0): Series => ({
  timeMs: Float64Array.from(value, (_, i) => (from + i) * 1_000),
  value: Float64Array.from(value),
})

const iteration = (number: number, fromSec: number, toSec: number | null): Iteration => ({
  number,
  label: '',
  from: epochMs(fromSec * 1_000),
  to: toSec === null ? null : epochMs(toSec * 1_000),
})

const times = (count: number, value: number) => Array.from({ length: count }, () => value)
/** 40 s at a load, then a drain. */
const pulse = (load: number, drain: readonly number[]) => [...times(40, load), ...drain]

const options = (toSec: number, own = 0) => ({ own, to: epochMs(toSec * 1_000) })

test('a floor is the median of the last half of the drain, glitches of one sample included', () => {
  const drain = [...times(20, 120), ...times(52, 100), 0, ...times(27, 100)]
  const series = everySecond([...pulse(500, drain), ...pulse(500, times(30, 100))])
  const floors = floorsOf(series, [iteration(1, 0, 40), iteration(2, 140, 180)], options(210))
  expect(floors[0]).toEqual({
    iteration: 1,
    from: 90_000,
    to: 140_000,
    state: 'settled',
    value: 100,
    peak: 500,
  })
})

test('a drain that is still falling leaves no floor', () => {
  const decay = Array.from({ length: 120 }, (_, i) => 100 + 400 * Math.exp(-i / 30))
  const series = everySecond([...pulse(500, decay), ...pulse(500, decay)])
  const floors = floorsOf(series, [iteration(1, 0, 40), iteration(2, 160, 200)], options(320))
  expect(floors.map(({ state, value }) => [state, value])).toEqual([
    ['undrained', null],
    ['open', null],
  ])
})

test('a drain of ten samples is a floor, one of nine is too short', () => {
  const floorAfter = (samples: number) => {
    const series = everySecond([...pulse(300, times(samples, 20)), ...pulse(300, [])])
    const next = iteration(2, 40 + samples, null)
    return floorsOf(series, [iteration(1, 0, 40), next], options(80 + samples))[0]?.state
  }
  expect([floorAfter(9), floorAfter(10)]).toEqual(['short', 'settled'])
})

test('the last floor is open until its drain has come to rest', () => {
  const value = pulse(500, [...times(10, 300), ...times(30, 100)])
  const stateAt = (sec: number) =>
    floorsOf(everySecond(value.slice(0, sec + 1)), [iteration(1, 0, 40)], options(sec))[0]
  expect(stateAt(45)?.state).toBe('open')
  expect(stateAt(60)?.state).toBe('open')
  expect(stateAt(75)).toMatchObject({ state: 'settled', value: 100 })
})

test('a load that goes on after its end was marked is no floor yet', () => {
  const value = [...pulse(500, times(40, 100)), ...times(60, 500)]
  const floors = floorsOf(
    everySecond(value),
    [iteration(1, 0, 40), iteration(2, 80, 120)],
    options(139),
  )
  expect(floors[1]).toMatchObject({ state: 'open', value: null })
})

test('where nobody marked the end, the drain begins where the load fell', () => {
  const value = [...pulse(500, times(40, 100)), ...pulse(520, times(40, 120))]
  const [first, second] = floorsOf(
    everySecond(value),
    [iteration(1, 0, 80), iteration(2, 80, 160)],
    options(160),
  )
  expect(first).toMatchObject({ state: 'settled', value: 100, from: 60_000 })
  expect(second).toMatchObject({ state: 'settled', value: 120, peak: 520 })
})

test('an iteration in which nothing fell has no floor', () => {
  const floors = floorsOf(
    everySecond(times(160, 500)),
    [iteration(1, 0, 80), iteration(2, 80, null)],
    options(160),
  )
  expect(floors.map(({ state }) => state)).toEqual(['short', 'open'])
})

test("Tidemark's own connections are not part of a floor", () => {
  const series = everySecond(pulse(500, times(30, 100)))
  expect(floorsOf(series, [iteration(1, 0, 40)], options(70, 4))[0]).toMatchObject({
    value: 96,
    peak: 496,
  })
})

test('the median of the last half stays near the true floor where dips and an exponential drain do not', () => {
  const random = seededRandom(3)
  const drained = Array.from({ length: 40 }, () => {
    const drain = Array.from(
      { length: 120 },
      (_, i) => 100 + 400 * Math.exp(-i / 10) + 2 * normalFrom(random),
    )
    drain[Math.floor(random() * 120)] = 0
    return drain
  })
  for (const drain of drained) {
    const [floor] = floorsOf(everySecond(pulse(500, drain)), [iteration(1, 0, 40)], options(160))
    expect(floor?.value).toBeGreaterThan(98)
    expect(floor?.value).toBeLessThan(102)
  }
})

test('whatever the samples are, a floor has a number exactly when it is settled', () => {
  const anyNumber = fc.oneof(fc.integer({ min: 0, max: 900 }), fc.constantFrom(NaN, Infinity))
  const anySamples = fc.array(
    fc.tuple(fc.oneof(fc.integer({ max: 200, min: -9 }), fc.constant(NaN)), anyNumber),
  )
  const anyIterations = fc.array(
    fc.record({
      from: fc.integer({ min: 0, max: 200 }),
      to: fc.option(fc.integer({ min: 0, max: 200 })),
    }),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(anySamples, anyIterations, (samples, drawn) => {
      const series: Series = {
        timeMs: Float64Array.from(samples, ([at]) => at * 1_000),
        value: Float64Array.from(samples, ([, value]) => value),
      }
      const iterations = drawn.map(({ from, to }, i) => iteration(i + 1, from, to))
      for (const { state, value, peak } of floorsOf(series, iterations, options(150, 2))) {
        expect(value === null).toBe(state !== 'settled')
        if (value !== null) expect(Number.isFinite(value)).toBe(true)
        if (peak !== null) expect(Number.isFinite(peak)).toBe(true)
      }
    }),
  )
})
