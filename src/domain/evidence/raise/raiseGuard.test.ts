import { expect, test } from 'vitest'
import { normalFrom, seededRandom } from '../../stats/random.ts'
import { epochMs } from '../../units.ts'
import { raiseGuard } from './raiseGuard.ts'

const before = { from: epochMs(0), to: epochMs(600_000) }
const after = { from: epochMs(600_000), to: epochMs(1_200_000) }

/** A queue that waits around a level before and after, sampled every 5 s. */
function queue(was: number, is: number, seed = 5) {
  const random = seededRandom(seed)
  const timeMs = Float64Array.from({ length: 240 }, (_, i) => i * 5_000)
  const value = timeMs.map((at) => (at < 600_000 ? was : is) + 2 * normalFrom(random))
  return { title: 'Waiting', series: { timeMs, value } }
}

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
  const { title, series } = queue(10, 10)
  const value = series.value.map((level, i) =>
    series.timeMs[i]! >= 900_000 && series.timeMs[i]! < 960_000 ? level + 20 : level,
  )
  expect(raiseGuard({ title, series: { ...series, value } }, before, after)!.isWorse).toBe(false)
})

test('gaps are left out, and a side of which half is not known says nothing', () => {
  const { title, series } = queue(10, 16)
  const blind = (from: number, to: number) => ({
    title,
    series: {
      ...series,
      value: series.value.map((level, i) =>
        series.timeMs[i]! >= from && series.timeMs[i]! < to ? Number.NaN : level,
      ),
    },
  })
  expect(raiseGuard(blind(60_000, 240_000), before, after)!.isWorse).toBe(true)
  expect(raiseGuard(blind(0, 400_000), before, after)).toBeNull()
  expect(raiseGuard(blind(0, 2_000_000), before, after)).toBeNull()
})

test('order and repetition do not matter, a constant has no interval to speak of', () => {
  const { title, series } = queue(10, 16)
  const twice = (column: Float64Array) => Float64Array.of(...column.toReversed(), ...column)
  const doubled = { timeMs: twice(series.timeMs), value: twice(series.value) }
  const once = raiseGuard({ title, series }, before, after)!
  expect(raiseGuard({ title, series: doubled }, before, after)!.change.low).toBeCloseTo(
    once.change.low,
    9,
  )
  const constant = { ...series, value: series.value.map(() => 3) }
  expect(raiseGuard({ title, series: constant }, before, after)).toMatchObject({
    change: { value: 0, low: 0, high: 0 },
    isWorse: false,
  })
})
