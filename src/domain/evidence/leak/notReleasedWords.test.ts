import { expect, test } from 'vitest'
import { epochMs, MINUTE_MS } from '../../units.ts'
import type { NotReleased } from './notReleased.ts'
import { notReleasedWords } from './notReleasedWords.ts'

const AT = epochMs(Date.UTC(2026, 8, 17, 12, 30))

const ledger: NotReleased = {
  now: 384,
  at: AT,
  baseline: 40,
  peak: 391,
  perIteration: [{ iteration: 8, added: 47.6, at: AT }],
  idleTimeoutMs: null,
  reason: 'no-decay',
  own: 0,
}

const said = (given: NotReleased) => {
  const words = notReleasedWords(given, 'Europe/Berlin')
  return words && Object.values(words).map((text) => text.replaceAll('\u202f', ' '))
}

test('what only rises is said with what the last iteration left', () => {
  expect(said(ledger)).toEqual([
    'Not released',
    '384 connections more than the tested clients hold were counted at 14:30; iteration 8 left 48. No time-out gives it back: it does not fall by itself.',
    'Against it: what other users of the organisation open meanwhile counts as held too; the 40 from before the test are taken off.',
  ])
})

test.each([
  {
    decay: 'steps' as const,
    end: 'The server gives it back by itself, ≈ 5 min (4 min 50 s to 5 min 10 s) after it was closed.',
  },
  {
    decay: 'exponential' as const,
    end: 'The server gives it back by itself, after ≈ 5 min (4 min 50 s to 5 min 10 s) on average.',
  },
])('a time-out of $decay is said with its interval', ({ decay, end }) => {
  const idleTimeoutMs = { value: 5 * MINUTE_MS, low: 290_000, high: 310_000 }
  expect(said({ ...ledger, idleTimeoutMs, decay, reason: 'fitted' })?.[1]).toContain(end)
})

test('what was given back is said, and what was never held is not', () => {
  const sentence = said({ ...ledger, now: 0.2, perIteration: [], reason: 'too-few-samples' })?.[1]
  expect(sentence).toBe(
    'Nothing is held at 14:30, 391 at most before. Too few samples yet to see whether it is given back.',
  )
  expect(said({ ...ledger, reason: 'nothing-held' })).toBeNull()
})
