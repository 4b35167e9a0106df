import { expect, test } from 'vitest'
import { normalFrom, seededRandom } from '../../stats/random.ts'
import { epochMs } from '../../units.ts'
import { someGuard } from '#testing/someGuard.ts'
import type { GuardedSeries } from './guards.ts'
import { raiseGuard } from './raiseGuard.ts'

const before = { from: epochMs(0), to: epochMs(600_000) }
const after = { from: epochMs(600_000), to: epochMs(1_200_000) }

/** A queue that waits around a level before and after, sampled every 5 s. */
function queue(was: number, is: number, seed = 5) {
  const random = seededRandom(seed)
  const timeMs = Float64Array.from({ length: 240 }, (_, i) => i * 5_000)
  const value = timeMs.map((at) => (at < 600_000 ? was : is) + 2 * normalFrom(random))
  return someGuard({ timeMs, value })
}

/** Half an hour before, half an hour after. */
const hour = [
  { from: epochMs(0), to: epochMs(1_800_000) },
  { from: epochMs(1_800_000), to: epochMs(3_600_000) },
] as const

/** What a busy hour shows every 15 s: levels that wander and come back within minutes. */
function wandering(random: () => number, was: number, is: number) {
  const timeMs = Float64Array.from({ length: 240 }, (_, i) => i * 15_000)
  let mood = normalFrom(random)
  const value = timeMs.map((at) => {
    mood = 0.8 * mood + 0.6 * normalFrom(random)
    return Math.max(0, (at < 1_800_000 ? was : is) * (1 + 0.15 * mood))
  })
  return { timeMs, value }
}

const interactingOf = (series: GuardedSeries['series'], waiting: GuardedSeries['series']) =>
  someGuard(series, { title: 'Interacting', worse: 'lower', load: [series, waiting] })

test('a queue that waits longer after the raise is worse', () => {
  const guard = raiseGuard(queue(10, 16), before, after)!
  expect(guard.isWorse).toBe(true)
  expect(guard.before).toBeCloseTo(10, 0)
  expect(guard.after).toBeCloseTo(16, 0)
  expect(guard.change.low).toBeGreaterThan(4)
  expect(guard.change.high).toBeLessThan(8)
})

test('one that waits as before, or less, is not', () => {
  expect(raiseGuard(queue(10, 10), before, after)!.isWorse).toBe(false)
  expect(raiseGuard(queue(10, 4), before, after)!.isWorse).toBe(false)
})

test('a queue that does not change is seldom called worse', () => {
  const seeds = Array.from({ length: 400 }, (_, i) => 100 + i)
  const worse = seeds.filter((seed) => raiseGuard(queue(10, 10, seed), before, after)!.isWorse)
  expect(worse.length / seeds.length).toBeLessThan(0.045)
})

test('one long wave is one observation, not a hundred', () => {
  // All of the excess lies in one block of a minute.
  const { series } = queue(10, 10)
  const value = series.value.map((level, i) =>
    series.timeMs[i]! >= 900_000 && series.timeMs[i]! < 960_000 ? level + 20 : level,
  )
  expect(raiseGuard(someGuard({ ...series, value }), before, after)!.isWorse).toBe(false)
})

test('gaps are left out, and a side of which half is not known says nothing', () => {
  const { series } = queue(10, 16)
  const blind = (from: number, to: number) =>
    someGuard({
      ...series,
      value: series.value.map((level, i) =>
        series.timeMs[i]! >= from && series.timeMs[i]! < to ? Number.NaN : level,
      ),
    })
  expect(raiseGuard(blind(60_000, 240_000), before, after)!.isWorse).toBe(true)
  expect(raiseGuard(blind(0, 400_000), before, after)).toBeNull()
  expect(raiseGuard(blind(0, 2_000_000), before, after)).toBeNull()
})

test('order and repetition do not matter, a constant has no interval to speak of', () => {
  const { series } = queue(10, 16)
  const twice = (column: Float64Array) => Float64Array.of(...column.toReversed(), ...column)
  const doubled = { timeMs: twice(series.timeMs), value: twice(series.value) }
  const once = raiseGuard(someGuard(series), before, after)!
  expect(raiseGuard(someGuard(doubled), before, after)!.change.low).toBeCloseTo(once.change.low, 9)
  const constant = { ...series, value: series.value.map(() => 3) }
  expect(raiseGuard(someGuard(constant), before, after)).toMatchObject({
    change: { value: 0, low: 0, high: 0 },
    isWorse: false,
  })
})

test('a service level that falls is worse, one that rises is not', () => {
  const level = (was: number, is: number) =>
    raiseGuard({ ...queue(was, is), title: 'Service level', worse: 'lower' }, before, after)!
  expect(level(82, 70)).toMatchObject({ isWorse: true, worse: 'lower', ofLoad: null })
  expect(level(70, 82).isWorse).toBe(false)
})

test('fewer conversations are worse where those who want one wait instead', () => {
  const random = seededRandom(8)
  const guard = raiseGuard(
    interactingOf(wandering(random, 45, 25), wandering(random, 5, 25)),
    ...hour,
  )!
  expect(guard.isWorse).toBe(true)
  expect(guard.ofLoad!.before).toBeCloseTo(0.9, 1)
  expect(guard.ofLoad!.after).toBeCloseTo(0.5, 1)
})

test('half the callers keep half the agents busy, which is seldom called worse', () => {
  const random = seededRandom(71)
  const runs = 400
  const worse = Array.from(
    { length: runs },
    () =>
      raiseGuard(interactingOf(wandering(random, 45, 22.5), wandering(random, 5, 2.5)), ...hour)!
        .isWorse,
  )
  // By its own level it falls in all of them.
  expect(worse.filter(Boolean).length / runs).toBeLessThan(0.045)
})

test('more abandons of more callers are not worse, a larger share of them is', () => {
  const random = seededRandom(5)
  const abandons = (is: number, offeredAfter: number) =>
    raiseGuard(
      someGuard(wandering(random, 4, is), { load: [wandering(random, 40, offeredAfter)] }),
      ...hour,
    )!
  expect(abandons(8, 80)).toMatchObject({ isWorse: false, change: { low: expect.any(Number) } })
  expect(abandons(8, 80).change.low).toBeGreaterThan(0)
  expect(abandons(8, 40).isWorse).toBe(true)
})

test('where the load was not measured, more is worse by itself, and less cannot be judged', () => {
  const random = seededRandom(9)
  const nobody = { timeMs: new Float64Array(0), value: new Float64Array(0) }
  const alone = someGuard(wandering(random, 4, 12), { load: [nobody] })
  expect(raiseGuard(alone, ...hour)).toMatchObject({ isWorse: true, ofLoad: null })
  const fewer = interactingOf(wandering(random, 45, 20), nobody)
  expect(raiseGuard(fewer, ...hour)).toMatchObject({ isWorse: false })
})
