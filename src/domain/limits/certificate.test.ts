import { expect, test } from 'vitest'
import { EMPTY_SERIES } from '../series/series.ts'
import { someGuard } from '#testing/someGuard.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { comparedDays } from '#testing/comparedDays.ts'
import { certificateOf } from './certificate.ts'
import { certificateWords, changeTitle, doubtWords } from './certificateWords.ts'

test('a raise that let everybody in worked, with windows a week apart', () => {
  const found = certificateOf(comparedDays({ seed: 1, after: { limit: 900 } }))
  expect(found.result).toMatchObject({ word: 'worked', oldLimit: 250, newLimit: 400 })
  expect(found.result.at).toBe(found.change.latest)
  expect(found.sides.before.peak).toBe(250)
  expect(found.sides.after.peak).toBeGreaterThan(250)
  expect(found.sides.after.allRefused).toBe(0)
  expect(found.sides.before.allRefused).toBe(found.result.refusedBefore)
})

test('bands of load hold every attempt of both windows', () => {
  const { bands, sides } = certificateOf(comparedDays({ seed: 1, after: { limit: 900 } }))
  expect(bands.length).toBeGreaterThan(2)
  const sum = (side: 'before' | 'after') =>
    bands.reduce((all, band) => all + band[side].attempts, 0)
  expect(sum('before') / sides.before.attempts!).toBeGreaterThan(0.99)
  expect(sum('after') / sides.after.attempts!).toBeGreaterThan(0.99)
  expect(bands.at(-1)!.before.refused).toBeGreaterThan(0)
})

const said = (runs: number, story: Omit<Parameters<typeof comparedDays>[0], 'seed'>) => {
  const words: Record<string, number> = {}
  for (let seed = 1; seed <= runs; seed++) {
    const { word } = certificateOf(comparedDays({ seed, ...story })).result
    words[word] = (words[word] ?? 0) + 1 / runs
  }
  return words
}

test('an effect, no effect and a lower load are told apart in at least 95 % of runs', () => {
  const runs = 60
  expect(said(runs, { after: { limit: 900 } })['worked']).toBeGreaterThanOrEqual(0.95)
  // The number in the registry moved, the wall did not.
  expect(said(runs, { after: { limit: 250 } })['worked'] ?? 0).toBeLessThanOrEqual(0.05)
  expect(
    said(runs, { after: { limit: 900, load: 0.3 } })['load-not-comparable'],
  ).toBeGreaterThanOrEqual(0.95)
})

test('queues that became worse are seen though their windows lie a week apart', () => {
  const input = comparedDays({ seed: 1, after: { limit: 900 } })
  const { timeMs } = input.subject.series
  const waiting = someGuard({
    timeMs,
    value: timeMs.map((at, i) => (at < input.change.latest ? 4 : 9) + (i % 3)),
  })
  const found = certificateOf({ ...input, guards: [waiting] })
  expect(found.result).toMatchObject({ word: 'cannot-tell', reason: 'guard-worse' })
  expect(found.result.guards[0]).toMatchObject({ before: 5, after: 10, isWorse: true })
})

test('a lowered limit is judged the other way round', () => {
  const input = comparedDays({
    seed: 1,
    before: { limit: 900 },
    after: { limit: 250 },
    change: { from: 900, to: 250 },
  })
  const found = certificateOf({ ...input, guards: [someGuard(EMPTY_SERIES)] })
  expect(found.result.word).toBe('worked')
  expect(found.result.unmeasured).toEqual(['Waiting'])
  const { word, title, sentence } = certificateWords(found, 'UTC')
  expect(word).toBe('Refusals came with it')
  expect(plainSpaces(title)).toBe('Limit lowered from 900 to 250 on Thu 17 Sep 2026 at 12:00')
  expect(plainSpaces(sentence)).toMatch(
    /^At equal load \d+(\.\d)? % of attempts were refused under/,
  )
  expect(found.bands.at(-1)!.after.refused).toBeGreaterThan(0)
  expect(found.bands.every(({ before }) => before.refused === 0)).toBe(true)
})

test('a change whose time is not known is named by both ends, and what is left out is said', () => {
  const { change } = comparedDays({ seed: 1, after: { limit: 900 } })
  const doubtful = { ...change, earliest: (change.latest - 3_600_000) as typeof change.latest }
  expect(plainSpaces(changeTitle(doubtful, 'UTC'))).toBe(
    'Limit raised from 250 to 400 between Thu 17 Sep 2026 at 11:00 and Thu 17 Sep 2026 at 12:00',
  )
  expect(plainSpaces(doubtWords(doubtful))).toContain('the 1 h between')
  expect(doubtWords(change)).toBe('')
})
