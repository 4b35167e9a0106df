import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connectionSecond } from '#mocks/model/connections.ts'
import { markersInSecond } from '#mocks/model/markers.ts'
import { createWorld } from '#mocks/model/world.ts'
import { leakingApp } from '#mocks/scenarios/leakingApp.ts'
import type { LimitSteps } from '../../metrics/limitSteps.ts'
import type { Series } from '../../series/series.ts'
import { normalFrom, seededRandom } from '../../stats/random.ts'
import { type Iteration, iterationsOf } from '../../timeline/iterations.ts'
import { type EpochMs, epochMs } from '../../units.ts'
import { type Leak, leakOf } from './leak.ts'

const PERIOD_SEC = 60
const limited = (value: number | null): LimitSteps => [
  { from: epochMs(-1e9), value, source: 'configured limit' },
]

type Options = { amplitude?: number; grows?: number; limit?: number | null; own?: number }

/**
 * A run that begins at rest on the first floor and leaves exactly these: 20 s of load, 40 s of
 * drain each.
 */
function runOf(floors: readonly (number | 'undrained')[], options: Options = {}) {
  const { amplitude = 400, grows = 0, limit = 600, own = 0 } = options
  const value: number[] = Array.from({ length: 10 }, () => Number(floors[0]))
  let before = Number(floors[0])
  for (const [i, floor] of floors.entries()) {
    const peak = before + amplitude + grows * i
    for (let sec = 0; sec < 20; sec++) value.push(peak)
    for (let sec = 0; sec < 40; sec++) {
      value.push(floor === 'undrained' ? peak - 5 * sec : floor)
    }
    if (floor !== 'undrained') before = floor
  }
  const iterations = floors.map((_, i): Iteration => {
    const from = (10 + i * PERIOD_SEC) * 1_000
    return { number: i + 1, label: '', from: epochMs(from), to: epochMs(from + 20_000) }
  })
  const series: Series = {
    timeMs: Float64Array.from(value, (_, sec) => sec * 1_000),
    value: Float64Array.from(value, (count) => count + own),
  }
  const to = epochMs(value.length * 1_000)
  return { series, limits: limited(limit), iterations, own, to }
}

const leakFrom = (floors: readonly (number | 'undrained')[], options?: Options): Leak =>
  leakOf(runOf(floors, options))

test.each([
  { floors: [1, 2, 3, 4], s: 6, p: 1 / 24, b: 1, low: 1, high: 1, word: 'none' },
  { floors: [10, 12, 11, 15, 18], s: 8, p: 0.0416667, b: 2, low: 0.5, high: 3.5, word: 'none' },
  { floors: [0, 0, 0, 5], s: 3, p: 0.25, b: 0.833333, low: 0, high: 5, word: 'none' },
  { floors: [3, 3, 4, 4, 5, 5], s: 12, p: 0.0111111, b: 0.5, low: 0, high: 0.666667, word: 'none' },
  { floors: [5, 5, 5, 5], s: 0, p: 1, b: 0, low: 0, high: 0, word: 'none' },
  { floors: [1, 2, 2, 3], s: 5, p: 0.0833333, b: 0.583333, low: 0, high: 1, word: 'none' },
  {
    floors: [2, 1, 3, 4, 5, 6],
    s: 13,
    p: 0.00833333,
    b: 1,
    low: 0.666667,
    high: 1.333333,
    word: 'leak',
  },
  {
    floors: [100, 114, 127, 142, 156],
    s: 10,
    p: 1 / 120,
    b: 14,
    low: 13.5,
    high: 14.5,
    word: 'leak',
  },
  { floors: [4, 3, 2, 1], s: -6, p: 1, b: -1, low: -1, high: -1, word: 'none' },
])('floors $floors give S $s, p $p and a rise of $b', ({ floors, s, p, b, low, high, word }) => {
  const leak = leakFrom(floors)
  expect(leak.count).toBe(floors.length)
  expect(leak.s).toBe(s)
  expect(leak.p).toBeCloseTo(p, 6)
  expect(leak.perIteration?.value).toBeCloseTo(b, 6)
  expect(leak.perIteration?.low).toBeCloseTo(low, 6)
  expect(leak.perIteration?.high).toBeCloseTo(high, 6)
  expect(leak.word).toBe(word)
})

test('nothing before the fourth floor, suspected at the fourth, a leak from the fifth', () => {
  const floors = [100, 114, 127, 142, 156, 170]
  const words = floors.map((_, i) => leakFrom(floors.slice(0, i + 1)).word)
  expect(words).toEqual(['none', 'none', 'none', 'suspected', 'leak', 'leak'])
})

test('a rise that is small for the load is no leak', () => {
  expect(leakFrom([1, 2, 3, 4, 5], { amplitude: 100 }).word).toBe('leak')
  expect(leakFrom([1, 2, 3, 4, 5], { amplitude: 900 }).word).toBe('none')
  expect(leakFrom([1, 1.5, 2, 2.5, 3], { amplitude: 10 }).word).toBe('none')
})

test('the limit is reached in the iteration whose floor and amplitude fill it', () => {
  const { reaches } = leakFrom([100, 114, 127, 142, 156])
  expect(reaches).toMatchObject({ value: 10, low: 9, high: 10, isRough: false })
  // Iteration 5 began at 250 s, and each takes a minute.
  expect(reaches?.at).toBe(550_000)
  expect(reaches?.inMs).toBe(240_000)
})

test('the limit in force at the end counts, less what is Tidemark itself', () => {
  const floors = [100, 114, 127, 142, 156]
  const run = runOf(floors)
  const limits: LimitSteps = [
    ...limited(600),
    { from: epochMs(60_000), value: 700, source: 'change request' },
  ]
  expect(leakOf({ ...run, limits }).reaches?.value).toBe(17)
  expect(leakFrom(floors, { limit: null }).reaches).toBeNull()
  expect(leakFrom(floors, { own: 20, limit: 620 })).toMatchObject({
    own: 20,
    floors: [{ value: 100 }, { value: 114 }, { value: 127 }, { value: 142 }, { value: 156 }],
    reaches: { value: 10 },
  })
})

test('once the peak is at the limit, the next iteration reaches it', () => {
  const leak = leakFrom([100, 150, 200, 250, 300], { limit: 500 })
  expect(leak.reaches?.value).toBe(6)
})

test('floors that scatter widen the iteration of the break by one', () => {
  const leak = leakFrom([100, 109, 107, 121, 119, 133, 130, 145], { limit: 900 })
  expect(leak.word).toBe('leak')
  expect(leak.reaches?.isRough).toBe(true)
  expect(leak.reaches!.low).toBeLessThan(leak.reaches!.value)
  expect(leak.reaches!.high).toBeGreaterThan(leak.reaches!.value)
})

test('a load that grows and does not drain cannot be separated from a leak', () => {
  const floors = [100, 110, 120, 'undrained', 130, 140, 150] as const
  expect(leakFrom(floors).word).toBe('leak')
  expect(leakFrom(floors, { grows: 50, limit: 2_000 })).toMatchObject({
    word: 'cannot-separate',
    reaches: null,
  })
})

test('a floor that is missing leaves its place in the rise empty', () => {
  const leak = leakFrom([100, 110, 'undrained', 130, 140, 150])
  expect(leak.perIteration).toEqual({ value: 10, low: 10, high: 10 })
})

test('a new run begins from nothing', () => {
  const first = runOf([100, 120, 140, 160, 180])
  const next = { ...first.iterations[0]!, from: first.to, to: null }
  const laterTo = epochMs(first.to + 5_000)
  expect(leakOf({ ...first, iterations: [...first.iterations, next], to: laterTo }).count).toBe(5)
  const second = runOf([50, 50])
  const joined: Series = {
    timeMs: Float64Array.of(
      ...first.series.timeMs,
      ...second.series.timeMs.map((at) => at + first.to),
    ),
    value: Float64Array.of(...first.series.value, ...second.series.value),
  }
  const shifted = second.iterations.map((one) => ({
    ...one,
    from: epochMs(one.from + first.to),
    to: epochMs(one.to! + first.to),
  }))
  const both = leakOf({
    ...first,
    series: joined,
    iterations: [...first.iterations, ...shifted],
    to: epochMs(first.to + second.to),
  })
  expect(both).toMatchObject({ word: 'none', count: 2 })
})

test('floors that wander say so', () => {
  const wave = Array.from({ length: 16 }, (_, i) => 200 + Math.round(60 * Math.sin(i / 2.5)))
  expect(leakFrom(wave).doesWander).toBe(true)
  expect(leakFrom([100, 114, 127, 142, 156, 170, 184, 198]).doesWander).toBe(false)
})

test('floors of pure noise, looked at after every iteration, are rarely called a leak', () => {
  const random = seededRandom(20_260_917)
  let called = 0
  for (let round = 0; round < 200; round++) {
    const floors = Array.from({ length: 12 }, () => Math.round(100 + 3 * normalFrom(random)))
    const looks = floors.map((_, i) => leakFrom(floors.slice(0, i + 1), { amplitude: 100 }).word)
    if (looks.includes('leak')) called += 1
  }
  expect(called / 200).toBeLessThanOrEqual(0.05)
})

test('the leaking app of the simulator is suspected at its fourth floor and called at its fifth', () => {
  const world = createWorld(leakingApp, 42, 0)
  const seconds = Array.from({ length: 3_600 }, (_, i) => i - 3_600)
  const at = (sec: number) => epochMs(sec * 1_000)
  const markers = seconds.flatMap((sec) =>
    markersInSecond(world, sec).map(({ kind, label }) => ({
      id: `${kind}:${sec}`,
      at: at(sec),
      kind,
      label,
      origin: 'feed' as const,
    })),
  )
  const series: Series = {
    timeMs: Float64Array.from(seconds, at),
    value: Float64Array.from(seconds, (sec) => connectionSecond(world, sec).open),
  }
  const lookAt = (to: EpochMs) => {
    const known = { timeMs: series.timeMs.filter((time) => time <= to), value: series.value }
    const iterations = iterationsOf(markers, to)[0]?.iterations ?? []
    return leakOf({ series: known, limits: limited(1_000), iterations, own: 0, to })
  }
  const words = new Map<number, string>()
  for (let sec = -3_600; sec < 0; sec += 10) {
    const { word, count } = lookAt(at(sec))
    expect(words.get(count) ?? word).toBe(word)
    words.set(count, word)
  }
  expect([...words]).toEqual([
    [0, 'none'],
    [1, 'none'],
    [2, 'none'],
    [3, 'none'],
    [4, 'suspected'],
    [5, 'leak'],
    [6, 'leak'],
    [7, 'leak'],
    [8, 'leak'],
  ])
  const { perIteration } = lookAt(at(-1))
  expect(perIteration?.value).toBeCloseTo(leakingApp.truth.leakPerIteration!, -0.5)
})

test('bad input gives no leak and no exception', () => {
  const run = runOf([100, 114, 127, 142, 156])
  const empty: Series = { timeMs: new Float64Array(0), value: new Float64Array(0) }
  const gaps = { ...run.series, value: run.series.value.map(() => NaN) }
  const one = { timeMs: run.series.timeMs.slice(0, 1), value: run.series.value.slice(0, 1) }
  for (const series of [empty, gaps, one]) {
    expect(leakOf({ ...run, series })).toMatchObject({ word: 'none', count: 0, reaches: null })
  }
  expect(leakOf({ ...run, iterations: [] })).toMatchObject({ word: 'none', floors: [] })
  expect(leakFrom([100, 114, 127, 142, 156], { limit: 0 }).reaches?.value).toBe(6)
})

test('of a very long run the newest iterations are compared, and floors far apart by their numbers are not', () => {
  const long = runOf(Array.from({ length: 700 }, (_, i) => 100 + i))
  expect(leakOf(long)).toMatchObject({ word: 'leak', count: 500, perIteration: { value: 1 } })
  const { iterations } = runOf([100, 114, 127, 142, 156])
  const far = iterations.map((one) => (one.number === 5 ? { ...one, number: 1e9 } : one))
  const leak = leakOf({ ...runOf([100, 114, 127, 142, 156]), iterations: far })
  expect(leak).toMatchObject({ word: 'none', count: 5, perIteration: null })
})

test('unsorted and duplicate samples change nothing', () => {
  const run = runOf([100, 114, 127, 142, 156])
  const { timeMs, value } = run.series
  const shuffled = {
    timeMs: Float64Array.of(...timeMs, ...timeMs).reverse(),
    value: Float64Array.of(...value, ...value).reverse(),
  }
  expect(leakOf({ ...run, series: shuffled })).toEqual(leakOf(run))
})

test('whatever the floors are, there is no number that is none', () => {
  const anyFloors = fc.array(fc.oneof(fc.nat(2_000), fc.constant('undrained' as const)), {
    maxLength: 9,
  })
  const anyLimit = fc.option(fc.nat(3_000))
  fc.assert(
    fc.property(anyFloors, anyLimit, fc.integer({ min: -80, max: 80 }), (floors, limit, grows) => {
      const leak = leakFrom([5, ...floors], { limit, grows })
      expect(
        JSON.stringify(leak, (_, value) => (Number.isNaN(value) ? 'NaN' : value)),
      ).not.toContain('NaN')
    }),
    { numRuns: 60 },
  )
})
