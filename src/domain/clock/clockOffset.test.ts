import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Series } from '../series/series.ts'
import { seededRandom } from '../stats/random.ts'
import { clockOffset, matchCurve } from './clockOffset.ts'

const START = Date.UTC(2026, 8, 17, 11)

const seriesOf = (lengthMs: number, stepMs: number, valueAt: (ms: number) => number): Series => {
  const timeMs = Float64Array.from(
    { length: Math.floor(lengthMs / stepMs) },
    (_, i) => START + i * stepMs,
  )
  return { timeMs, value: timeMs.map((at) => valueAt(at - START)) }
}

/** Iterations of a load test: up in 40 s, held, down, of different lengths. */
function loadAt(ms: number): number {
  const sec = ms / 1_000
  const cycle = 170 + 37 * Math.floor(sec / 400)
  const within = sec % cycle
  if (within < 20) return 0
  if (within < 60) return ((within - 20) / 40) * 600
  return within < 120 ? 600 : Math.max(0, 600 - (within - 120) * 15)
}

const HOUR = 3_600_000
type Setup = { offsetMs: number; seed: number; noise: number }

function offsetFound({ offsetMs, seed, noise }: Setup) {
  const random = seededRandom(seed)
  const organisation = seriesOf(HOUR, 10_000, (ms) => 300 + loadAt(ms) + noise * (random() - 0.5))
  // The file says an instant that is wrong by the offset: added to it, it is right.
  const file = seriesOf(HOUR, 1_000, (ms) => loadAt(ms + offsetMs))
  return clockOffset(matchCurve(organisation, file))
}

test('an offset of −90 to +90 s is recovered to two seconds, through noise', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -90_000, max: 90_000 }),
      fc.integer({ min: 1, max: 1e6 }),
      (offsetMs, seed) => {
        const found = offsetFound({ offsetMs, seed, noise: 60 })
        expect(found.kind).toBe('aligned')
        if (found.kind !== 'aligned') return
        expect(Math.abs(found.offsetMs - offsetMs)).toBeLessThanOrEqual(2_000)
        expect(found.match).toBeGreaterThan(0.8)
        expect(found.plusMinusMs).toBeLessThanOrEqual(10_000)
      },
    ),
    { numRuns: 20 },
  )
})

test('of a long series as many samples are looked at as a match needs, and no gap is bridged', () => {
  const dense = (offsetMs: number) => seriesOf(2 * HOUR, 100, (ms) => loadAt(ms + offsetMs))
  const curve = matchCurve(dense(0), dense(30_000))
  expect(Math.max(...curve.changes)).toBeLessThan(30_000)
  const found = clockOffset(curve)
  expect(found.kind === 'aligned' && found.offsetMs).toBe(30_000)
  const [left, right] = [dense(0), dense(0)]
  // Nothing was measured in one second of each minute, which no thinning may step over.
  const torn = { ...left, value: left.value.map((one, i) => (i % 600 < 10 ? NaN : one)) }
  const torn2 = matchCurve(torn, right)
  const whole = matchCurve(left, right)
  expect(Math.max(...torn2.changes)).toBeLessThan(Math.max(...whole.changes) - 100)
})

test('the interval holds the offset that was put in, nineteen times of twenty', () => {
  const held = Array.from({ length: 100 }, (_, seed) => {
    const offsetMs = -90_000 + 1_800 * seed
    const found = offsetFound({ offsetMs, seed: seed + 1, noise: 60 })
    return found.kind === 'aligned' && Math.abs(found.offsetMs - offsetMs) <= found.plusMinusMs
  })
  expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(95)
})

test('series that have nothing to do with each other are not aligned, long or short', () => {
  for (const lengthMs of [120_000, 600_000, HOUR]) {
    const aligned = Array.from({ length: 60 }, (_, seed) => {
      const random = seededRandom(seed + 1)
      const walk = (step: number) => {
        let level = 100
        return seriesOf(lengthMs, step, () => (level += random() - 0.5))
      }
      return clockOffset(matchCurve(walk(10_000), walk(1_000))).kind === 'aligned'
    })
    expect(aligned.filter(Boolean).length).toBeLessThanOrEqual(3)
  }
})

test('a rhythm that repeats fits at more than one offset, which is said', () => {
  const wave = (ms: number) => 100 * Math.sin((2 * Math.PI * ms) / 40_000)
  const found = clockOffset(matchCurve(seriesOf(HOUR, 10_000, wave), seriesOf(HOUR, 1_000, wave)))
  expect(found).toMatchObject({ kind: 'notAlignable' })
  if (found.kind === 'notAlignable') expect(found.reason).toMatch(/^two offsets fit as well: /)
})

test('too little in common, or nothing that changes, is not aligned', () => {
  const flat = seriesOf(HOUR, 10_000, () => 5)
  const short = seriesOf(60_000, 10_000, loadAt)
  const none = { timeMs: new Float64Array(0), value: new Float64Array(0) }
  for (const [one, other] of [
    [flat, flat],
    [short, short],
    [none, flat],
    [flat, none],
  ] as const)
    expect(clockOffset(matchCurve(one, other))).toEqual({
      kind: 'notAlignable',
      reason: 'fewer than 8 changes lie in the time of both',
    })
})

test('gaps are no changes', () => {
  const whole = seriesOf(HOUR, 10_000, loadAt)
  const holed = { ...whole, value: whole.value.map((value, i) => (i % 50 < 10 ? NaN : value)) }
  expect(
    clockOffset(
      matchCurve(
        holed,
        seriesOf(HOUR, 1_000, (ms) => loadAt(ms - 41_000)),
      ),
    ),
  ).toMatchObject({
    kind: 'aligned',
    offsetMs: -41_000,
  })
})
