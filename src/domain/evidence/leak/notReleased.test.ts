import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Series } from '../../series/series.ts'
import { exponentialFrom, normalFrom, seededRandom } from '../../stats/random.ts'
import type { Iteration } from '../../timeline/iterations.ts'
import { epochMs } from '../../units.ts'
import { notReleasedOf } from './notReleased.ts'

const PERIOD_SEC = 450
const ITERATIONS = 6
const EVERY_SEC = 5
const OTHERS = 40

type Planted = {
  shape: 'steps' | 'exponential' | 'never'
  timeoutSec?: number
  held?: number
  noise?: number
  seed?: number
  iterations?: number
}

/**
 * Iterations of 500 connections: ramp 75 s, hold to 300 s, drain 30 s; each leaves some counted.
 */
function planted({
  shape,
  timeoutSec = 0,
  held = 50,
  noise = 2,
  seed = 1,
  iterations: count = ITERATIONS,
}: Planted) {
  const random = seededRandom(seed)
  const lengthSec = count * PERIOD_SEC
  const kept = Array.from({ length: count * held }, (_, i) => {
    const from = Math.floor(i / held) * PERIOD_SEC + 300 + (30 * ((i % held) + 0.5)) / held
    const length =
      shape === 'steps'
        ? timeoutSec
        : shape === 'never'
          ? Infinity
          : exponentialFrom(random, timeoutSec)
    return { from, to: from + length }
  })
  const seconds = Array.from({ length: lengthSec / EVERY_SEC }, (_, i) => i * EVERY_SEC)
  const clients = seconds.map((sec) => {
    const into = sec % PERIOD_SEC
    if (into < 75) return Math.round((500 * into) / 75)
    return into < 300 ? 500 : Math.max(0, Math.round(500 * (1 - (into - 300) / 30)))
  })
  const counted = seconds.map((sec, i) => {
    const still = kept.filter(({ from, to }) => from <= sec && sec < to).length
    return Math.round(clients[i]! + still + OTHERS + noise * normalFrom(random))
  })
  const timeMs = Float64Array.from(seconds, (sec) => sec * 1_000)
  const iterations = Array.from({ length: count }, (_, k): Iteration => {
    const from = k * PERIOD_SEC * 1_000
    return { number: k + 1, label: '', from: epochMs(from), to: epochMs(from + 300_000) }
  })
  return {
    organisation: { timeMs, value: Float64Array.from(counted) },
    clientSide: { timeMs, value: Float64Array.from(clients) },
    iterations,
    own: 0,
    to: epochMs(lengthSec * 1_000),
  }
}

test('what leaks is held for ever, and each iteration adds its part', () => {
  const ledger = notReleasedOf(planted({ shape: 'never' }))!
  expect(ledger).toMatchObject({ reason: 'no-decay', idleTimeoutMs: null, own: 0 })
  expect(Math.abs(ledger.baseline - OTHERS)).toBeLessThan(3)
  expect(Math.abs(ledger.now - 300)).toBeLessThan(5)
  expect(ledger.perIteration.map(({ iteration }) => iteration)).toEqual([1, 2, 3, 4, 5, 6])
  for (const { added, at, iteration } of ledger.perIteration) {
    expect(Math.abs(added - 50)).toBeLessThan(4)
    expect(Math.abs(at / 1_000 - ((iteration - 1) * PERIOD_SEC + 300))).toBeLessThanOrEqual(10)
  }
})

test.each([60, 180, 600])(
  'a time-out of %i s is read from the steps in which it gives back',
  (timeoutSec) => {
    const ledger = notReleasedOf(planted({ shape: 'steps', timeoutSec }))!
    expect(ledger).toMatchObject({ reason: 'fitted', decay: 'steps' })
    const { value, low, high } = ledger.idleTimeoutMs!
    expect(low).toBeLessThanOrEqual(timeoutSec * 1_000)
    expect(high).toBeGreaterThanOrEqual(timeoutSec * 1_000)
    expect(Math.abs(value / 1_000 - timeoutSec)).toBeLessThan(6)
  },
)

test('time-outs that are only a mean lie within their interval as often as it says', () => {
  let within = 0
  for (let seed = 0; seed < 12; seed++) {
    const ledger = notReleasedOf(
      planted({ shape: 'exponential', timeoutSec: 150, held: 80, seed }),
    )!
    expect(ledger.decay).toBe('exponential')
    const { low, high } = ledger.idleTimeoutMs!
    if (low <= 150_000 && 150_000 <= high) within += 1
  }
  expect(within).toBeGreaterThanOrEqual(10)
})

test('closings that make up for each other show no time-out', () => {
  const ledger = notReleasedOf(planted({ shape: 'steps', timeoutSec: 900, noise: 0 }))!
  expect(ledger.reason).toBe('no-decay')
})

test('of a long test the newest iterations are read, above what was held before', () => {
  const ledger = notReleasedOf(planted({ shape: 'never', held: 10, iterations: 20 }))!
  expect(Math.abs(ledger.now - 200)).toBeLessThan(5)
  expect(ledger.perIteration.map(({ iteration }) => iteration)).toEqual(
    Array.from({ length: 16 }, (_, i) => i + 5),
  )
  for (const { added } of ledger.perIteration) expect(Math.abs(added - 10)).toBeLessThan(4)
})

test('what was released leaves nothing in the ledger', () => {
  const ledger = notReleasedOf(planted({ shape: 'never', held: 0 }))!
  expect(ledger).toMatchObject({ reason: 'nothing-held', perIteration: [], idleTimeoutMs: null })
  expect(Math.abs(ledger.now)).toBeLessThan(4)
})

test('iterations that nobody marked are found in what the clients have open', () => {
  const ledger = notReleasedOf({ ...planted({ shape: 'never' }), iterations: [] })!
  expect(ledger.perIteration).toHaveLength(6)
})

test("Tidemark's own connections are taken off the organisation's count", () => {
  const ledger = notReleasedOf({ ...planted({ shape: 'never', noise: 0 }), own: 4 })!
  expect(ledger).toMatchObject({ baseline: OTHERS - 4, own: 4 })
})

test('where the clients were not known there is no excess', () => {
  const run = planted({ shape: 'never', noise: 0 })
  const isBlind = (at: number) => at > 1_000_000 && at < 2_000_000
  const value = run.clientSide.value.map((open, i) =>
    isBlind(run.clientSide.timeMs[i]!) ? NaN : open,
  )
  const blind = notReleasedOf({ ...run, clientSide: { ...run.clientSide, value } })!
  expect(blind.peak).toBe(notReleasedOf(run)!.peak)
  const ended = run.clientSide.timeMs.filter((at) => at < 1_000_000)
  const cut = notReleasedOf({
    ...run,
    clientSide: { timeMs: ended, value: run.clientSide.value.slice(0, ended.length) },
  })!
  expect(cut.at).toBeLessThan(1_000_000 + 3 * EVERY_SEC * 1_000)
})

test('counts taken at different instants do not make a ramp look held', () => {
  const run = planted({ shape: 'never', held: 0, noise: 0 })
  const clientSide: Series = {
    timeMs: run.clientSide.timeMs.map((at) => at - 4_000),
    value: run.clientSide.value,
  }
  const late = notReleasedOf({ ...run, clientSide })!
  expect(late).toMatchObject({ reason: 'nothing-held', baseline: OTHERS })
})

test('without two counts at one time there is no ledger', () => {
  const run = planted({ shape: 'never' })
  const empty: Series = { timeMs: new Float64Array(0), value: new Float64Array(0) }
  const gaps = { ...run.clientSide, value: run.clientSide.value.map(() => NaN) }
  expect(notReleasedOf({ ...run, clientSide: empty })).toBeNull()
  expect(notReleasedOf({ ...run, organisation: empty })).toBeNull()
  expect(notReleasedOf({ ...run, clientSide: gaps })).toBeNull()
})

test('whatever is counted, there is no number that is none', () => {
  const anyValue = fc.oneof(fc.nat(900), fc.constantFrom(NaN, Infinity))
  const anySeries = fc
    .array(fc.tuple(fc.oneof(fc.nat(300), fc.constant(NaN)), anyValue), { maxLength: 80 })
    .map(
      (samples): Series => ({
        timeMs: Float64Array.from(samples, ([at]) => at * 1_000),
        value: Float64Array.from(samples, ([, value]) => value),
      }),
    )
  const anyIterations = fc.array(
    fc.record({ from: fc.nat(300_000), to: fc.option(fc.nat(300_000)) }),
    { maxLength: 4 },
  )
  fc.assert(
    fc.property(anySeries, anySeries, anyIterations, (organisation, clientSide, drawn) => {
      const iterations = drawn
        .toSorted((a, b) => a.from - b.from)
        .map(({ from, to }, i) => ({
          number: i + 1,
          label: '',
          from: epochMs(from),
          to: to === null ? null : epochMs(to),
        }))
      const to = epochMs(250_000)
      const ledger = notReleasedOf({ organisation, clientSide, iterations, own: 2, to })
      const text = JSON.stringify(ledger, (_, value) =>
        typeof value === 'number' && !Number.isFinite(value) ? 'none' : value,
      )
      expect(text).not.toContain('"none"')
    }),
    { numRuns: 80 },
  )
})
