import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plantedWindow, stretches } from '#testing/plantedWindow.ts'
import { epochMs } from '../../units.ts'
import { type Verdict, verdictOf } from './verdict.ts'

type Input = Parameters<typeof verdictOf>[0]

const EPISODES = stretches([60, 30], [100, 20], [60, 40], [100, 10], [60, 50], [100, 30], [60, 20])
const REFUSED = EPISODES.map((value) => (value === 100 ? 1 : 0))
const GUILTY = plantedWindow({ values: EPISODES, limit: 100, errors: REFUSED })

/** Judges, and walks the whole answer: no NaN anywhere, shares within 0–1. */
function judged(input: Input): Verdict {
  const verdict = verdictOf(input)
  const walk = (part: unknown, path: string) => {
    if (typeof part === 'number') expect(part, path).not.toBeNaN()
    if (part === undefined) expect.fail(`${path} is undefined`)
    if (part === null || typeof part !== 'object') return
    for (const [key, inner] of Object.entries(part)) walk(inner, `${path}.${key}`)
  }
  walk(verdict, 'verdict')
  for (const share of [
    verdict.p,
    verdict.coverage,
    verdict.pAtLimit,
    verdict.pBelow,
    verdict.attributable?.value,
  ]) {
    if (share === null || share === undefined) continue
    expect(share).toBeGreaterThanOrEqual(0)
    expect(share).toBeLessThanOrEqual(1)
  }
  expect(verdict.errorsAtLimit + verdict.errorsBelow + verdict.errorsUncovered).toBe(verdict.errors)
  return verdict
}

const withSeries = (timeMs: number[], value: number[]): Input => ({
  ...GUILTY,
  subject: {
    ...GUILTY.subject!,
    series: { timeMs: Float64Array.from(timeMs), value: Float64Array.from(value) },
  },
})

test('a window without length, without samples, or of gaps alone has no samples', () => {
  const expected = { word: 'cannot-tell', reason: 'no-samples' }
  expect(judged({ ...GUILTY, to: GUILTY.from })).toMatchObject(expected)
  expect(judged({ ...GUILTY, to: epochMs(-5) })).toMatchObject(expected)
  expect(judged({ ...GUILTY, to: epochMs(Number.NaN) })).toMatchObject(expected)
  expect(judged({ ...GUILTY, to: epochMs(Infinity) })).toMatchObject(expected)
  expect(judged(withSeries([], []))).toMatchObject({ ...expected, errors: 60 })
  expect(judged(withSeries([1_000, 2_000], [Number.NaN, Number.NaN]))).toMatchObject(expected)
})

test('without a metric, or with a limit that is unknown all the time, there is no limit to judge by', () => {
  const expected = { word: 'cannot-tell', reason: 'no-limit', errors: 60 }
  expect(judged({ ...GUILTY, subject: null })).toMatchObject(expected)
  expect(judged(plantedWindow({ values: EPISODES, limit: null, errors: REFUSED }))).toMatchObject({
    ...expected,
    peak: 100,
    limit: null,
  })
})

test('a limit that is unknown for part of the window leaves that part uncovered', () => {
  const input = plantedWindow({ values: EPISODES, limit: 100, errors: REFUSED })
  const limits = [
    { from: epochMs(0), value: null, source: 'unknown' },
    { from: epochMs(100_000), value: 100, source: 'registry' },
  ]
  expect(judged({ ...input, subject: { ...input.subject!, limits } })).toMatchObject({
    reason: 'coverage',
    coverage: 0.5,
  })
})

test('one sample, or the same instant again and again, is too little of the window', () => {
  expect(judged(withSeries([5_000], [100]))).toMatchObject({
    word: 'cannot-tell',
    reason: 'coverage',
  })
  expect(judged(withSeries([5_000, 5_000, 5_000], [100, 60, 100])).reason).toBe('coverage')
  const short = { ...withSeries([0], [100]), to: epochMs(1_000) }
  expect(
    judged({ ...short, capacity: { timeMs: Float64Array.of(10), count: Float64Array.of(9) } }),
  ).toMatchObject({
    word: 'cannot-tell',
    reason: 'nothing-to-compare',
  })
})

test('at a limit of 0 there is no time below it to compare with', () => {
  const verdict = judged(
    plantedWindow({ values: stretches([0, 200]), limit: 0, errors: stretches([1, 200]) }),
  )
  expect(verdict).toMatchObject({ word: 'cannot-tell', reason: 'nothing-to-compare' })
})

test('a series that never changes never reaches its limit, or is always at it', () => {
  const errors = stretches([0, 100], [1, 20], [0, 80])
  expect(judged(plantedWindow({ values: stretches([50, 200]), limit: 100, errors }))).toMatchObject(
    {
      word: 'not-capacity-bound',
      reason: 'never-at-limit',
    },
  )
  expect(
    judged(plantedWindow({ values: stretches([100, 200]), limit: 100, errors })),
  ).toMatchObject({
    word: 'cannot-tell',
    reason: 'nothing-to-compare',
  })
})

test('a limit that is raised within the window changes nothing', () => {
  const half = EPISODES.length / 2
  const raised = judged(
    plantedWindow({
      values: EPISODES.map((value, i) => (i < half ? value : value * 1.5)),
      limit: EPISODES.map((_, i) => (i < half ? 100 : 150)),
      errors: REFUSED,
    }),
  )
  const steady = judged(GUILTY)
  const { word, p, attributable, crossings, errorsAtLimit } = raised
  expect({ word, p, attributable, crossings, errorsAtLimit }).toEqual({
    word: steady.word,
    p: steady.p,
    attributable: steady.attributable,
    crossings: steady.crossings,
    errorsAtLimit: steady.errorsAtLimit,
  })
})

test('errors without attempts are judged by counts, or count as attempts themselves', () => {
  expect(judged({ ...GUILTY, attempts: null })).toMatchObject({
    word: 'capacity-bound',
    pAtLimit: 1,
  })
  const nothing = { timeMs: new Float64Array(0), value: new Float64Array(0) }
  expect(judged({ ...GUILTY, attempts: nothing })).toMatchObject({ knowsAttempts: false })
  const hole = EPISODES.map((value) => (value === 100 ? 0 : 3))
  const lacking = plantedWindow({ values: EPISODES, limit: 100, errors: REFUSED, attempts: hole })
  expect(judged(lacking)).toMatchObject({
    word: 'capacity-bound',
    pAtLimit: 1,
    knowsAttempts: true,
  })
})

test('unsorted and repeated samples give the verdict of the sorted ones', () => {
  const { timeMs, value } = GUILTY.subject!.series
  const again = withSeries([...timeMs, ...timeMs].toReversed(), [...value, ...value].toReversed())
  expect(judged(again)).toEqual(judged(GUILTY))
})

test('errors that nobody can place are left out', () => {
  const { timeMs, count } = GUILTY.capacity
  const capacity = {
    timeMs: Float64Array.from([...timeMs, -1, 1e15, Number.NaN, 5_000]),
    count: Float64Array.from([...count, 5, 5, 5, Number.NaN]),
  }
  expect(judged({ ...GUILTY, capacity })).toEqual(judged(GUILTY))
})

test('no errors at all are nothing to explain', () => {
  const none = { timeMs: new Float64Array(0), count: new Float64Array(0) }
  expect(judged({ ...GUILTY, capacity: none })).toMatchObject({
    word: 'not-capacity-bound',
    reason: 'no-errors',
    errors: 0,
  })
})

test('whatever comes in, an answer comes out', () => {
  const odd = fc.oneof(
    fc.integer({ min: -5, max: 130 }),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e300),
  )
  const rows = fc.array(
    fc.tuple(fc.oneof(fc.integer({ min: -9, max: 90_000 }), fc.constant(Number.NaN)), odd),
    {
      maxLength: 120,
    },
  )
  const column = (list: readonly (readonly [number, number])[], index: 0 | 1) =>
    Float64Array.from(list, (row) => row[index])
  fc.assert(
    fc.property(
      rows,
      rows,
      fc.option(rows),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 90_000 }), fc.option(odd)), { maxLength: 3 }),
      fc.integer({ min: -10, max: 100_000 }),
      fc.integer({ min: 0, max: 9 }),
      (samples, errors, attempts, limits, to, named) => {
        judged({
          from: epochMs(0),
          to: epochMs(to),
          subject: {
            ...GUILTY.subject!,
            series: { timeMs: column(samples, 0), value: column(samples, 1) },
            limits: limits
              .toSorted(([a], [b]) => a - b)
              .map(([from, value]) => ({ from: epochMs(from), value, source: 'any' })),
          },
          capacity: { timeMs: column(errors, 0), count: column(errors, 1) },
          attempts: attempts && { timeMs: column(attempts, 0), value: column(attempts, 1) },
          named,
        })
      },
    ),
    { numRuns: 300 },
  )
})

test('ten million samples cost about as much more as there are more of them', {
  timeout: 60_000,
}, () => {
  const input = (samples: number): Input => {
    const timeMs = new Float64Array(samples).map((_, i) => i * 10)
    const value = timeMs.map((at) => 50 + 50 * Math.sin(at / 300_000))
    return {
      ...GUILTY,
      to: epochMs(samples * 10),
      subject: { ...GUILTY.subject!, series: { timeMs, value } },
    }
  }
  const judgedIn = (asked: Input) => {
    const start = performance.now()
    const verdict = judged(asked)
    return { verdict, elapsedMs: performance.now() - start }
  }
  const some = input(1_000_000)
  judgedIn(some)
  const [short, long] = [judgedIn(some), judgedIn(input(10_000_000))]
  expect(long.verdict.coverage).toBe(1)
  expect(long.elapsedMs).toBeLessThan(40 * short.elapsedMs)
})
