import { expect, test } from 'vitest'
import { plantedWindow, stretches } from '#testing/plantedWindow.ts'
import { verdictOf } from './verdict.ts'

const judged = (planted: Parameters<typeof plantedWindow>[0]) => verdictOf(plantedWindow(planted))

/** V2: a ramp of two minutes to 100, then eighty seconds at it. */
const RAMP = Array.from({ length: 200 }, (_, i) =>
  i < 120 ? Math.floor(((i + 1) * 100) / 120) : 100,
)
/** V6: three episodes at 100. */
const EPISODES = stretches([60, 30], [100, 20], [60, 40], [100, 10], [60, 50], [100, 30], [60, 20])
const ONE_PER_BIN_AT_LIMIT = EPISODES.map((value) => (value === 100 ? 1 : 0))

test('V1: errors in every second at the limit and in none below', () => {
  const verdict = judged({
    values: stretches([50, 30], [100, 30]),
    limit: 100,
    errors: stretches([0, 30], [2, 30]),
  })
  expect(verdict).toMatchObject({ word: 'capacity-bound', reason: 'follows-the-limit' })
  expect(verdict.pLevel).toBeCloseTo(2 / 60, 12)
  expect(verdict.pOnset).toBeCloseTo(2 / 60, 12)
  expect(verdict.attributable?.value).toBe(1)
  expect(verdict.detectable).toBeCloseTo(0.931034, 6)
  expect(verdict).toMatchObject({
    errorsAtLimit: 60,
    errorsBelow: 0,
    binsAtLimit: 30,
    knowsAttempts: true,
  })
})

test('V2: one ramp whose errors begin with the limit', () => {
  const verdict = judged({ values: RAMP, limit: 100, errors: stretches([0, 120], [2, 80]) })
  expect(verdict).toMatchObject({ word: 'capacity-bound', crossings: 1, binsAtLimit: 82, pNear: 0 })
  expect(verdict.pLevel).toBeCloseTo(0.03, 12)
  expect(verdict.pOnset).toBeCloseTo(0.02, 12)
  expect(verdict.pAtLimit).toBeCloseTo(0.97561, 6)
  expect(verdict.detectable).toBeCloseTo(0.934783, 6)
  expect(verdict.quietBinsAtLimit).toBe(2)
})

test('V3: errors that begin twenty seconds after the limit was reached cannot be told', () => {
  const verdict = judged({ values: RAMP, limit: 100, errors: stretches([0, 140], [2, 60]) })
  expect(verdict).toMatchObject({ word: 'cannot-tell', reason: 'too-few-crossings' })
  expect(verdict.pLevel).toBeCloseTo(0.13, 12)
  expect(verdict.pOnset).toBeCloseTo(0.82, 12)
  expect(verdict.attributable?.value).toBe(1)
  expect(verdict.detectable).toBe(1)
})

test('V4: errors that begin below the limit and are as thick there lie elsewhere', () => {
  const verdict = judged({ values: RAMP, limit: 100, errors: stretches([0, 80], [2, 120]) })
  expect(verdict).toMatchObject({ word: 'not-capacity-bound', reason: 'elsewhere', pNear: 1 })
  expect(verdict.pBelow).toBeCloseTo(0.322034, 6)
  expect(verdict.attributable?.value).toBe(0)
})

test('V5: a burst far below the limit lies elsewhere', () => {
  const verdict = judged({
    values: RAMP,
    limit: 100,
    errors: stretches([0, 40], [2, 20], [0, 140]),
  })
  expect(verdict).toMatchObject({ word: 'not-capacity-bound', reason: 'elsewhere', pLevel: 1 })
})

test('V6: three crossings, also with a lag of two seconds, also by counts alone', () => {
  const planted = { values: EPISODES, limit: 100, errors: ONE_PER_BIN_AT_LIMIT }
  const verdict = judged(planted)
  expect(verdict).toMatchObject({ word: 'capacity-bound', crossings: 3, pAtLimit: 0.5 })
  expect(verdict.p).toBeCloseTo(0.02, 12)
  expect(verdict.detectable).toBeCloseTo(0.701567, 6)
  const late = judged({ ...planted, errors: [0, 0, ...ONE_PER_BIN_AT_LIMIT.slice(0, -2)] })
  expect(late).toMatchObject({
    word: 'capacity-bound',
    crossings: 3,
    pAtLimit: 0.5,
    errorsAtLimit: 60,
  })
  expect(late.p).toBeCloseTo(0.02, 12)
  expect(late.detectable).toBeCloseTo(0.701567, 6)
  expect(late.lagMs?.value).toBe(2_000)
  const counts = judged({ ...planted, attempts: null })
  expect(counts).toMatchObject({ word: 'capacity-bound', pAtLimit: 1, knowsAttempts: false })
})

test('V7: some quiet time at the limit and a few errors below leave a share of 0.894', () => {
  const errors = ONE_PER_BIN_AT_LIMIT.map((count, i) => {
    if ([5, 70, 130, 195].includes(i)) return 1
    return i >= 31 && i <= 49 && i % 2 === 1 ? 0 : count
  })
  const verdict = judged({ values: EPISODES, limit: 100, errors })
  expect(verdict.word).toBe('capacity-bound')
  expect(verdict.p).toBeCloseTo(0.02, 12)
  expect(verdict.attributable?.value).toBeCloseTo(0.89418, 6)
  expect(verdict.pAtLimit).toBeCloseTo(0.416667, 6)
  expect(verdict.pBelow).toBeCloseTo(0.014286, 6)
  expect(verdict.detectable).toBeCloseTo(0.614591, 6)
  expect(verdict).toMatchObject({ errorsAtLimit: 50, errorsBelow: 4, quietBinsAtLimit: 10 })
})

test('V8: a quarter of the window missing is too much', () => {
  const values = EPISODES.map((value, i) => (i >= 60 && i < 110 ? Number.NaN : value))
  const verdict = judged({ values, limit: 100, errors: ONE_PER_BIN_AT_LIMIT })
  expect(verdict).toMatchObject({
    word: 'cannot-tell',
    reason: 'coverage',
    coverage: 0.75,
    p: null,
  })
})

test('V9: below the wall is "not", unless the value may have jumped there between two samples', () => {
  const errors = stretches([0, 50], [1, 10], [0, 140])
  expect(judged({ values: stretches([40, 100], [45, 100]), limit: 100, errors })).toMatchObject({
    word: 'not-capacity-bound',
    reason: 'never-at-limit',
  })
  const jumps = stretches([40, 90], [90, 50], [60, 60])
  expect(judged({ values: jumps, limit: 100, errors })).toMatchObject({
    word: 'cannot-tell',
    reason: 'may-have-crossed',
  })
})

test('V10: usage that goes on past a limit and is served there has another wall', () => {
  const values = stretches([60, 100], [100, 50], [120, 50])
  const errors = stretches([0, 100], [1, 10], [0, 90])
  expect(judged({ values, limit: 100, errors })).toMatchObject({
    word: 'cannot-tell',
    reason: 'not-the-wall',
  })
})

test('V11: time in which nobody tries any more is no evidence', () => {
  const verdict = judged({
    values: RAMP,
    limit: 100,
    errors: stretches([0, 120], [2, 30], [0, 50]),
    attempts: stretches([2, 150], [0, 50]),
  })
  expect(verdict).toMatchObject({ word: 'capacity-bound', bins: 150, pAtLimit: 0.9375 })
  expect(verdict.p).toBeCloseTo(5 / 150, 12)
})

test('V12: a short burst in a long time at the limit cannot be told', () => {
  const verdict = judged({ values: RAMP, limit: 100, errors: stretches([0, 150], [2, 6], [0, 44]) })
  expect(verdict).toMatchObject({ word: 'cannot-tell', reason: 'too-few-crossings' })
  expect(verdict.pLevel).toBeCloseTo(0.4, 12)
  expect(verdict.pOnset).toBeCloseTo(0.905, 12)
  expect(verdict.detectable).toBe(1)
})
