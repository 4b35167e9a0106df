import { expect, test } from 'vitest'
import { durationMs, metricId } from '../../units.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { LimitPair, RankedLimit, WhichLimit } from './whichLimit.ts'
import { rivalWords, whichLimitSentence } from './whichLimitWords.ts'

const verdict: Verdict = {
  word: 'not-capacity-bound',
  reason: 'elsewhere',
  p: 0.41,
  pLevel: 0.41,
  pOnset: null,
  crossings: 3,
  bins: 600,
  binMs: durationMs(1_000),
  knowsAttempts: true,
  coverage: 1,
  errors: 40,
  errorsAtLimit: 4,
  errorsBelow: 36,
  errorsUncovered: 0,
  pAtLimit: null,
  pBelow: null,
  pNear: null,
  difference: null,
  oddsRatio: null,
  fisherP: null,
  attributable: { value: 0.04, low: 0, high: 0.2 },
  detectable: null,
  lagMs: null,
  isLagRough: false,
  dose: [],
  shifts: null,
  binsAtLimit: 40,
  quietBinsAtLimit: 36,
  binsNear: 0,
  laterByMs: null,
  peak: 100,
  limit: 100,
}
const SESSIONS = metricId('callSessions.concurrent')
const CALLS = metricId('calls.concurrent')
const USERS = metricId('ws.usersOnline')
const titles: Record<string, string> = {
  [SESSIONS]: 'Call sessions',
  [CALLS]: 'Calls',
  [USERS]: 'Users online',
}

function row(changed: Partial<RankedLimit>, judged: Partial<Verdict> = {}) {
  const words = rivalWords({
    metric: SESSIONS,
    title: 'Call sessions',
    highestUse: 0.71,
    verdict: { ...verdict, ...judged },
    ...changed,
  })
  return `${words.name}: ${words.value}`.replaceAll('\u202f', ' ')
}

test('a rival says whether it is the cause, how full it was and how sure that is', () => {
  expect(row({})).toBe('Call sessions as the cause: no: 71 % used, p = 0.41')
  expect(row({}, { p: null, binsAtLimit: 0, word: 'not-capacity-bound' })).toBe(
    'Call sessions as the cause: no: 71 % used',
  )
  expect(row({ highestUse: null }, { word: 'cannot-tell', p: null })).toBe(
    'Call sessions as the cause: cannot tell: use unknown',
  )
  const blamed = { p: 0.002, attributable: { value: 0.93, low: 0.8, high: 1 } }
  expect(row({ highestUse: 1 }, { ...blamed, word: 'capacity-bound' })).toBe(
    'Call sessions as the cause: possible: 100 % used, p = 0.002, explains 93 %',
  )
  expect(row({ highestUse: 1 }, { ...blamed, word: 'partly' })).toBe(
    'Call sessions as the cause: in part: 100 % used, p = 0.002, explains 93 %',
  )
})

test('a beaten rival is not the cause, and a proxy is named as one', () => {
  expect(row({ highestUse: 1, isBeaten: true }, { p: 0.01, word: 'capacity-bound' })).toBe(
    'Call sessions as the cause: no: 100 % used, p = 0.01, but refusals follow another limit',
  )
  expect(row({ title: 'Users online', provenance: 'proxy' })).toBe(
    'Users online (a proxy) as the cause: no: 71 % used, p = 0.41',
  )
  expect(row({ provenance: 'estimated' })).toBe(
    'Call sessions (estimated) as the cause: no: 71 % used, p = 0.41',
  )
})

const ranking = [SESSIONS, CALLS, USERS].map((metric) => ({
  metric,
  title: titles[metric]!,
  verdict,
  highestUse: 1,
}))
const pair = (difference: LimitPair['difference']): LimitPair => ({
  one: SESSIONS,
  other: CALLS,
  binsOnlyOne: 0,
  binsOnlyOther: 0,
  difference,
  better: 'cannot-separate',
})
const said = (which: Partial<WhichLimit>) =>
  whichLimitSentence(
    { word: 'cannot-separate', metrics: [CALLS, SESSIONS], ranking, pairs: [pair(null)], ...which },
    (metric) => titles[metric]!,
  )

test('limits that cannot be separated are all named, with the reason', () => {
  expect(said({})).toBe(
    'Cannot separate Calls and Call sessions: both were at their limit at the same time.',
  )
  expect(said({ metrics: [CALLS, SESSIONS, USERS] })).toBe(
    'Cannot separate Calls, Call sessions and Users online: they were at their limit at the same time.',
  )
  expect(said({ pairs: [pair({ value: 0, low: -0.1, high: 0.1 })] })).toBe(
    'Cannot separate Calls and Call sessions: refusals are about as frequent where only one of them was reached.',
  )
})

test('one that stands out is named, and none is said to be none', () => {
  expect(said({ word: 'one', metrics: [CALLS] })).toBe('Of 3 limits, refusals follow Calls.')
  expect(said({ word: 'none', metrics: [] })).toBe('None of 3 limits stands out by itself.')
})
