import { expect, test } from 'vitest'
import { DAY_MS, durationMs, epochMs, HOUR_MS, later, MINUTE_MS } from '../units.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { tierWords } from './tierWords.ts'

const until = epochMs(Date.UTC(2026, 10, 14, 12))
const words = (stepMs: number, to = until) =>
  plainSpaces(tierWords({ until, stepMs: durationMs(stepMs), isPruned: true }, to, 'UTC'))

test('what is shown in place of samples is said', () => {
  expect(words(MINUTE_MS)).toBe('lowest and highest of each minute')
  expect(words(30 * MINUTE_MS)).toBe('lowest and highest of every 30 min')
  expect(words(HOUR_MS)).toBe('lowest and highest of each hour')
  expect(words(5 * MINUTE_MS, later(until, DAY_MS))).toBe(
    'raw from 14 Nov 12:00, before that lowest and highest of every 5 min',
  )
})
