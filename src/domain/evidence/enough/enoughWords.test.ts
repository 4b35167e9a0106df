import { expect, test } from 'vitest'
import { durationMs } from '../../units.ts'
import type { Enough } from './enough.ts'
import { enoughWords } from './enoughWords.ts'

const plain = (text: string) => text.replaceAll('\u202f', ' ')

const answer: Extract<Enough, { kind: 'answer' }> = {
  kind: 'answer',
  target: 0.01,
  replay: { value: 128, low: 125, high: 131 },
  erlang: 129,
  modelRisk: 1 / 129,
  offered: 110,
  holdingMs: durationMs(60_000),
  demands: 6_600,
  ended: 5_000,
  curve: [],
}
const KEPT = 'This holds only if clients do not keep connections longer because coming back fails.'

test('an answer says the limit, the range, what was in force and how far the methods agree', () => {
  expect(plain(enoughWords(answer, 100))).toBe(
    `A limit of 128 (125 to 131) would have refused at most 1 % of 6 600 demands; it was 100. Erlang B says 129: the two agree. ${KEPT}`,
  )
  expect(plain(enoughWords(answer, 200))).toContain('demands; 200 was enough. ')
  expect(plain(enoughWords(answer, null))).toContain('of 6 600 demands. Erlang')
})

test('model risk is said in words', () => {
  const apart = (erlang: number) =>
    plain(
      enoughWords(
        { ...answer, erlang, modelRisk: Math.abs(128 - erlang) / Math.max(128, erlang) },
        100,
      ),
    )
  expect(apart(140)).toContain('Erlang B says 140, 8.6 % apart: plan with the higher one.')
  expect(apart(90)).toContain('Erlang B says 90, 30 % apart: demands came in waves')
  expect(apart(200)).toContain('Erlang B says 200, 36 % apart: demands came more evenly')
})

test.each([
  [
    'no-clients',
    118,
    'At least 118 would have been needed. How much more cannot be said: clients are not told apart, so a retry looks like a new demand.',
  ],
  [
    'few-sessions',
    null,
    'Which limit would have been enough cannot be said: fewer than 30 connections were seen to end, so nobody knows how long they last.',
  ],
  [
    'no-demand',
    null,
    'Which limit would have been enough cannot be said: nobody asked for a connection.',
  ],
  [
    'rejections-unseen',
    107,
    'At least 107 would have been needed. How much more cannot be said: the limit was reached but no refused attempt was seen, so demand above it is unknown.',
  ],
  [
    'no-limit',
    36,
    'At least 36 would have been needed. How much more cannot be said: the limit is unknown and no refused attempt was seen, so demand above it may be missing.',
  ],
  [
    'at-wall-too-long',
    118,
    'At least 118 would have been needed. How much more cannot be said: more than half of the window was at the limit, and clients are not told apart.',
  ],
] as const)('a refusal for %s says why', (reason, atLeast, words) => {
  expect(enoughWords({ kind: 'refused', reason, atLeast }, 100)).toBe(words)
})

test('bounds near each other are an answer without clients', () => {
  const bounds = { kind: 'refused', reason: 'no-clients', atLeast: 107, atMost: 128 } as const
  expect(enoughWords(bounds, 100)).toBe(
    'Between 107 and 128 would have been enough, by Erlang B. No closer: clients are not told apart, so a retry looks like a new demand.',
  )
})
