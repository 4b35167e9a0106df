import { expect, test } from 'vitest'
import { durationMs, epochMs } from '../../units.ts'
import type { BeforeAfter } from './beforeAfter.ts'
import { beforeAfterWords } from './beforeAfterWords.ts'
import type { Guard } from './raiseGuard.ts'

const guard: Guard = {
  title: 'Waiting',
  unit: 'count',
  worse: 'higher',
  before: 5.06,
  after: 5.3,
  change: { value: 0.24, low: -0.6, high: 1.08 },
  ofLoad: null,
  isWorse: false,
}
const worked: BeforeAfter = {
  word: 'worked',
  reason: 'fewer',
  at: epochMs(Date.UTC(2026, 8, 17, 14, 4)),
  oldLimit: 1000,
  newLimit: 1500,
  before: 0.2,
  after: 0.002,
  difference: { value: -0.198, low: -0.31, high: -0.09 },
  attemptsBefore: 4_233,
  attemptsAfter: 1_971,
  keptBefore: 0.88,
  keptAfter: 1,
  matchedOn: 'demand',
  peakAfter: 1_280,
  guards: [guard],
  unmeasured: [],
  binMs: durationMs(1_000),
  binsBefore: 1_105,
  binsAfter: 651,
  refusedBefore: 668,
  refusedAfter: 3,
}

function words(changed: Partial<BeforeAfter>) {
  const { title, sentence, against } = beforeAfterWords({ ...worked, ...changed }, 'UTC')
  return [title, sentence, against].map((text) => text.replaceAll('\u202f', ' '))
}
const sentence = (changed: Partial<BeforeAfter>) => words(changed)[1]

test('a raise that worked says what it removed, and what speaks against it', () => {
  expect(words({})).toEqual([
    'Limit raised from 1 000 to 1 500 at 14:04',
    'Worked. The higher limit removed 99 % of refusals at equal load; queues did not suffer.',
    'Against it: 3 were refused after the raise, 668 before; 12 % of the time before had no equal load after it; one raise is one trial: something else that changed with it would look the same.',
  ])
  expect(words({ guards: [], keptBefore: 1, refusedAfter: 0, after: 0 }).slice(1)).toEqual([
    'Worked. The higher limit removed 100 % of refusals at equal load; queues were not measured.',
    'Against it: one raise is one trial: something else that changed with it would look the same.',
  ])
})

test('a raise that did not help says both shares, and how much it may have helped at most', () => {
  const didNot = {
    word: 'did-not',
    reason: 'not-fewer',
    before: 0.2,
    after: 0.19,
    difference: { value: -0.01, low: -0.06, high: 0.043 },
  } as const
  expect(words(didNot).slice(1)).toEqual([
    'Did not help. At equal load 20 % of attempts were refused before and 19 % after (−6 to +4.3 points).',
    'Against it: a fall by up to 30 % is still possible.',
  ])
})

test('each reason for not telling has a sentence of its own', () => {
  const cannot = { word: 'cannot-tell', guards: [], refusedAfter: 0 } as const
  const notCompared = { before: null, after: null, difference: null } as const
  expect(sentence({ ...cannot, reason: 'unclear', after: 0.12 })).toBe(
    'Cannot tell. At equal load 20 % of attempts were refused before and 12 % after (−31 to −9 points): that may be chance.',
  )
  expect(sentence({ ...cannot, reason: 'few-bursts' })).toBe(
    'Cannot tell. At equal load 20 % of attempts were refused before and 0.2 % after (−31 to −9 points), but refusals before came in one or two bursts that did not follow the limit: so few may stay away by chance.',
  )
  const isWorse = { ...guard, after: 9.3, isWorse: true }
  expect(sentence({ ...cannot, reason: 'guard-worse', guards: [guard, isWorse] })).toBe(
    'Cannot tell. The higher limit removed 99 % of refusals at equal load, but waiting rose from 5.1 to 9.3.',
  )
  expect(sentence({ ...cannot, reason: 'not-tried', peakAfter: 890 })).toBe(
    'Cannot tell. Refusals became fewer, but the peak after the raise was 890, below the old limit of 1 000: the new one has not been tried.',
  )
  expect(sentence({ ...cannot, reason: 'not-tried', peakAfter: null })).toBe(
    'Cannot tell. Refusals became fewer, but use after the raise was not measured: whether the new limit was tried is not known.',
  )
  expect(sentence({ ...cannot, ...notCompared, reason: 'too-few-bins', binsAfter: 30 })).toBe(
    'Cannot tell. Attempts are too few to tell one load from another: 18 min 25 s before the raise and 30 s after it hold any.',
  )
  expect(sentence({ ...cannot, ...notCompared, reason: 'nothing-rejected-before' })).toBe(
    'Cannot tell. Nothing was refused under the limit of 1 000: there was nothing to cure.',
  )
  expect(sentence({ ...cannot, ...notCompared, reason: 'no-attempts' })).toBe(
    'Cannot tell. Attempts are not counted, so the load before and after the raise cannot be compared.',
  )
})

test('loads that cannot be compared say how much was alike, and that retries are among the attempts', () => {
  const unlike = {
    word: 'load-not-comparable',
    reason: 'common-support',
    before: null,
    after: null,
    difference: null,
  } as const
  expect(sentence({ ...unlike, keptBefore: 0.31, keptAfter: 0.6 })).toBe(
    'Load not comparable. Only 31 % of the time before and 60 % after had the same demand; 50 % of both is needed.',
  )
  expect(words({ ...unlike, matchedOn: 'attempts', refusedAfter: 1 }).slice(1)).toEqual([
    'Load not comparable. Most refusals came at a number of attempts that did not come back after the raise.',
    'Against it: attempts hold the retries of refused clients, which end where a raise works; 1 was refused after the raise, 668 before.',
  ])
})

test('queues as a whole are spoken of only where all that was to be measured was', () => {
  const interacting: Guard = { ...guard, title: 'Interacting', worse: 'lower' }
  expect(sentence({ guards: [guard, interacting], unmeasured: ['Service level'] })).toBe(
    'Worked. The higher limit removed 99 % of refusals at equal load; waiting and interacting did not become worse; service level was not measured.',
  )
  const unmeasured = ['Longest waiting', 'Abandons per minute', 'Service level']
  expect(sentence({ guards: [guard], unmeasured })).toBe(
    'Worked. The higher limit removed 99 % of refusals at equal load; waiting did not become worse; longest waiting, abandons per minute and service level were not measured.',
  )
  expect(sentence({ guards: [], unmeasured: ['Waiting', ...unmeasured] })).toBe(
    'Worked. The higher limit removed 99 % of refusals at equal load; queues were not measured.',
  )
})

test('what became worse is said in its own unit, and which way it went', () => {
  const isWorse = (known: Partial<Guard>): Guard => ({ ...guard, ...known, isWorse: true })
  const guards = [
    isWorse({ title: 'Longest waiting', unit: 'seconds', before: 12, after: 40.25 }),
    isWorse({ title: 'Service level', unit: 'percent', worse: 'lower', before: 82, after: 70 }),
    isWorse({ title: 'Abandons per minute', unit: 'perMinute', before: 0.21, after: 1.4 }),
  ]
  expect(sentence({ word: 'cannot-tell', reason: 'guard-worse', guards })).toBe(
    'Cannot tell. The higher limit removed 99 % of refusals at equal load, but longest waiting rose from 12 s to 40.3 s, and service level fell from 82 % to 70 %, and abandons per minute rose from 0.2 to 1.4.',
  )
})
