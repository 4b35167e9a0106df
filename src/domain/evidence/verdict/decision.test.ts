import { expect, test } from 'vitest'
import { plantedWindow, stretches } from '#testing/plantedWindow.ts'
import { seededRandom } from '../../stats/random.ts'
import { decide, decidedBefore, type Findings, isNamedByServer } from './decision.ts'
import { verdictOf } from './verdict.ts'

const GROUND = {
  errors: 100,
  uncoveredShare: 0,
  coverage: 1,
  isEverAtLimit: true,
  mayHaveCrossed: true,
}

/** A clear case; each test spoils one thing of it. */
const CLEAR: Findings = {
  binsAboveWithSuccess: 0,
  bins: 600,
  binsAtLimit: 100,
  followedShare: 0.97,
  pAtLimit: 0.5,
  p: 0.01,
  pLevel: 0.01,
  crossings: 3,
  attributable: 0.9,
  detectable: 0.4,
  laterBy: null,
  areErrorsFirst: false,
}

const reasonOf = (spoilt: Partial<Findings>) => decide({ ...CLEAR, ...spoilt }).reason

test('what needs no test is said first, in the order of the table', () => {
  const reason = (spoilt: Partial<typeof GROUND>) => decidedBefore({ ...GROUND, ...spoilt })?.reason
  expect(reason({})).toBeUndefined()
  expect(reason({ errors: 0, coverage: 0 })).toBe('no-errors')
  expect(reason({ coverage: 0.79, errors: 2 })).toBe('coverage')
  expect(reason({ uncoveredShare: 0.21 })).toBe('coverage')
  expect(reason({ errors: 4, isEverAtLimit: false })).toBe('too-few-errors')
  expect(reason({ isEverAtLimit: false, mayHaveCrossed: false })).toBe('never-at-limit')
  expect(reason({ isEverAtLimit: false })).toBe('may-have-crossed')
})

test('each rule speaks where nothing before it does', () => {
  expect(reasonOf({})).toBe('follows-the-limit')
  expect(reasonOf({ binsAboveWithSuccess: 3 })).toBe('not-the-wall')
  expect(reasonOf({ binsAboveWithSuccess: 3, pAtLimit: 0.95 })).toBe('follows-the-limit')
  expect(reasonOf({ bins: 39 })).toBe('nothing-to-compare')
  expect(reasonOf({ binsAtLimit: 1 })).toBe('nothing-to-compare')
  expect(reasonOf({ binsAtLimit: 589 })).toBe('nothing-to-compare')
  expect(reasonOf({ p: 0.2, laterBy: 20 })).toBe('later-than-searched')
  expect(reasonOf({ laterBy: 20 })).toBe('follows-the-limit')
  expect(reasonOf({ p: 0.2, followedShare: 0.5 })).toBe('shorter-than-sampling')
  expect(reasonOf({ crossings: 2, areErrorsFirst: true })).toBe('errors-first')
  expect(reasonOf({ crossings: 3, areErrorsFirst: true })).toBe('follows-the-limit')
  expect(reasonOf({ attributable: 0.3 })).toBe('part-follows')
  expect(reasonOf({ attributable: 0.05 })).toBe('elsewhere')
  expect(reasonOf({ p: 0.2, pLevel: 0.2, attributable: 0.3 })).toBe('would-have-shown')
  expect(reasonOf({ p: 0.2, pLevel: 0.2, attributable: 0.3, detectable: 0.6 })).toBe(
    'too-few-crossings',
  )
})

test('a window in which every shift fits cannot clear the limit', () => {
  expect(reasonOf({ p: 0.6, pLevel: 0.6, attributable: 0.8, detectable: 0.1 })).toBe(
    'too-few-crossings',
  )
})

test('five errors that the server names, and half of all, need no statistics', () => {
  expect(isNamedByServer(5, 10)).toBe(true)
  expect(isNamedByServer(4, 4)).toBe(false)
  expect(isNamedByServer(5, 11)).toBe(false)
  expect(isNamedByServer(9, 0)).toBe(false)
})

const EPISODES = stretches([60, 30], [100, 20], [60, 40], [100, 10], [60, 50], [100, 30], [60, 20])

test('named errors speak with p beside them, also where nothing was measured', () => {
  const input = plantedWindow({
    values: EPISODES,
    limit: 100,
    errors: EPISODES.map((value) => (value === 100 ? 1 : 0)),
  })
  const named = verdictOf({ ...input, named: 40 })
  expect(named).toMatchObject({ word: 'capacity-bound', reason: 'named-by-server', pAtLimit: 0.5 })
  expect(named.p).toBeCloseTo(0.02, 12)
  expect(verdictOf({ ...input, subject: null, named: 40 })).toMatchObject({
    word: 'capacity-bound',
    reason: 'named-by-server',
    p: null,
    errors: 60,
  })
  expect(verdictOf({ ...input, named: 20 }).reason).toBe('follows-the-limit')
})

test('errors that follow later than searched are found there', () => {
  const errors = EPISODES.map((_, i) => ((EPISODES[i - 10] ?? 0) === 100 ? 2 : 0))
  const late = verdictOf(plantedWindow({ values: EPISODES, limit: 100, errors }))
  expect(late).toMatchObject({
    word: 'cannot-tell',
    reason: 'later-than-searched',
    laterByMs: 10_000,
  })
})

test('episodes of a single sample are shorter than the sampling', () => {
  const random = seededRandom(12)
  const values = Array.from({ length: 300 }, (_, i) => (i % 13 === 6 ? 100 : 60))
  const errors = values.map(() => (random() < 0.3 ? 1 : 0))
  const verdict = verdictOf(plantedWindow({ values, limit: 100, errors }))
  expect(verdict.reason).toBe('shorter-than-sampling')
})

test('errors that step up before the limit is reached came first', () => {
  // An outage from second 300; reconnects fill the limit eight seconds later.
  const values = [...stretches([60, 308], [100, 40], [60, 252])]
  const errors = stretches([0, 300], [2, 48], [0, 252])
  const verdict = verdictOf(plantedWindow({ values, limit: 100, errors }))
  expect(verdict).toMatchObject({ word: 'cannot-tell', reason: 'errors-first', crossings: 1 })
})

test('a limit beside an unrelated burst that is as large is "partly"', () => {
  const values = [...EPISODES, ...stretches([60, 100]), ...EPISODES, ...EPISODES]
  const errors = values.map((value, i) => (value === 100 ? 1 : i >= 210 && i < 290 ? 2 : 0))
  const verdict = verdictOf(plantedWindow({ values, limit: 100, errors }))
  expect(verdict).toMatchObject({ word: 'partly', reason: 'part-follows', errorsBelow: 160 })
})

test('dose bands hold every active bin once, and errors at the limit are in the last one', () => {
  const values = Array.from({ length: 400 }, (_, i) => 40 + (i % 100) * 0.7)
  const errors = values.map((value) => (value > 99 ? 2 : 0))
  const { dose, bins, errorsAtLimit } = verdictOf(plantedWindow({ values, limit: 100, errors }))
  expect(dose.map(({ from, to }) => [from, to])).toEqual([
    [0, 0.6],
    [0.6, 0.8],
    [0.8, 0.9],
    [0.9, 0.99],
    [0.99, Infinity],
  ])
  expect(dose.reduce((sum, band) => sum + band.bins, 0)).toBe(bins)
  expect(dose.at(-1)?.errors).toBe(errorsAtLimit)
  expect(dose.at(-1)?.attempts).toBe(2 * dose.at(-1)!.bins)
})
