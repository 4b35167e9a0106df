import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Series } from '../../series/series.ts'
import { normalFrom, type Random, seededRandom } from '../../stats/random.ts'
import { foundIterations } from './foundIterations.ts'

const everySecond = (value: readonly number[]): Series => ({
  timeMs: Float64Array.from(value, (_, i) => i * 1_000),
  value: Float64Array.from(value),
})

/** Ramp 20 s, hold 40 s, drain 10 s, rest 50 s, on floors that rise by `leak`. */
function loadTest(pulses: number, leak: number, random: Random = seededRandom(1)): number[] {
  return Array.from({ length: pulses * 120 }, (_, sec) => {
    const before = 50 + leak * Math.floor(sec / 120)
    const into = sec % 120
    const noise = 2 * normalFrom(random)
    if (into < 20) return before + 300 * (into / 20) + noise
    if (into < 60) return before + 300 + noise
    const left = into < 70 ? 1 - (into - 60) / 10 : 0
    return before + leak + (300 - leak) * left + noise
  })
}

test('pulses between quiet stretches are iterations, also on floors that rise', () => {
  const found = foundIterations(everySecond(loadTest(5, 20)))
  expect(found.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
  for (const [i, { from, to }] of found.entries()) {
    expect(Math.abs(from / 1_000 - i * 120)).toBeLessThan(4)
    expect(Math.abs((to ?? NaN) / 1_000 - (i * 120 + 65))).toBeLessThan(3)
  }
})

test('the last one goes on while its load has not fallen', () => {
  const found = foundIterations(everySecond(loadTest(4, 0).slice(0, 3 * 120 + 50)))
  expect(found.map(({ to }) => to === null)).toEqual([false, false, false, true])
})

test('a scrape that reads 0 once parts nothing', () => {
  const value = loadTest(4, 10)
  value[40] = 0
  value[170] = 0
  expect(foundIterations(everySecond(value))).toHaveLength(4)
})

test('two pulses are not enough, and one restless rest spoils all', () => {
  expect(foundIterations(everySecond(loadTest(2, 0)))).toEqual([])
  const restless = loadTest(4, 0).map((value, sec) =>
    sec > 200 && sec < 240 ? value + 2 * (sec - 200) : value,
  )
  expect(foundIterations(everySecond(restless))).toEqual([])
})

test('noise, waves, wandering and ramps have no iterations', () => {
  const random = seededRandom(11)
  const draw = (next: (sec: number, before: number) => number) => {
    let before = 0
    return Array.from({ length: 720 }, (_, sec) => (before = next(sec, before)))
  }
  for (let round = 0; round < 30; round++) {
    const period = 60 + random() * 300
    const none = [
      draw(() => 300 + 20 * normalFrom(random)),
      draw((_, before) => 0.8 * before + 20 * normalFrom(random)),
      draw((_, before) => 0.98 * before + 20 * normalFrom(random)),
      draw((_, before) => before + 20 * normalFrom(random)),
      draw((sec) => 300 + 200 * Math.sin((2 * Math.PI * sec) / period) + normalFrom(random)),
      draw((sec) => sec + 5 * normalFrom(random)),
    ]
    for (const value of none) expect(foundIterations(everySecond(value))).toEqual([])
  }
})

test('whatever the samples are, iterations come one after the other', () => {
  const anyValue = fc.oneof(fc.constantFrom(0, 0, 0, 400, 400, NaN), fc.integer({ max: 500 }))
  const anySamples = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), anyValue))
  fc.assert(
    fc.property(anySamples, (samples) => {
      let last = -Infinity
      const found = foundIterations({
        timeMs: Float64Array.from(samples, ([at]) => at),
        value: Float64Array.from(samples, ([, value]) => value),
      })
      for (const { from, to } of found) {
        expect(from).toBeGreaterThanOrEqual(last)
        if (to !== null) expect(to).toBeGreaterThan(from)
        last = to ?? Infinity
      }
    }),
  )
})
