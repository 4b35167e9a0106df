import { expect, test } from 'vitest'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someAlert, someBlindness, someRefusals } from '#testing/someAlert.ts'
import { someMetric } from '#testing/someMetric.ts'
import { epochMs, later, metricId, MINUTE_MS } from '../units.ts'
import type { Alert } from './alert.ts'
import { type AlertContext, alertWords, messageTitle } from './alertWords.ts'

/** 17 September 2026, 13:00:00 in Berlin. */
const START = epochMs(1_789_642_800_000)
const context: AlertContext = {
  organisation: 'Alder Retail',
  metrics: [
    someMetric('open', { title: 'WebSocket connections' }),
    someMetric('users', { title: 'Users online', provenance: 'proxy' }),
  ],
  zone: 'Europe/Berlin',
  now: later(START, 10 * MINUTE_MS),
  refused: () => 42,
}
const since = { since: START, firedAt: START, lastAt: START, peakAt: START }
const said = (
  alert: Alert,
  kind: 'fired' | 'ended' = 'fired',
  known: Partial<AlertContext> = {},
) => {
  const { title, sentence } = alertWords({ kind, alert }, { ...context, ...known })
  return plainSpaces(`${title} · ${sentence}`)
}

test('a level says what, where, how full, since when and how many were refused', () => {
  expect(said(someAlert('wall', since))).toBe(
    'Alder Retail: WebSocket connections at the limit · 1 000 of 1 000 (100 %) since 13:00:00 CEST, UTC+2; 42 refused.',
  )
})

test('a proxy says that it is one, and nobody refused is not worth a word', () => {
  const newest = { kind: 'level', value: 455, limit: 500, ratio: 0.91 } as const
  const alert = someAlert('near', { ...since, metric: metricId('users'), newest })
  expect(said(alert, 'fired', { refused: () => 0 })).toBe(
    'Alder Retail: Users online (proxy) at 91 % · 455 of 500 (91 %) since 13:00:00 CEST, UTC+2.',
  )
})

test('refusals say their share and how fast the budget goes, or their number alone', () => {
  expect(said(someRefusals('refusals', since))).toBe(
    'Alder Retail: refusals · 112 of 620 attempts refused within 1 h (18 %, 36 times what the budget allows), since 13:00:00 CEST, UTC+2.',
  )
  const newest = { ...someRefusals('one').newest, attempts: null, burn: null } as Alert['newest']
  expect(said(someRefusals('refusals', { ...since, newest }))).toBe(
    'Alder Retail: refusals · 112 refused within 1 h, since 13:00:00 CEST, UTC+2.',
  )
  const signIn = someRefusals('signIn', {
    ...since,
    newest,
    name: 'Sign-in refused',
    hasCapacity: false,
  })
  expect(said(signIn)).toMatch(/^Alder Retail: sign-in refused · 112 failed within 1 h,/)
})

test('a leak says how fast the floor rises', () => {
  const newest = { kind: 'leak', perIteration: 48.2, floors: 5 } as const
  expect(said(someAlert('leak', { ...since, kind: 'leak', newest }))).toBe(
    'Alder Retail: WebSocket connections, leak · floor +48.2 per iteration, 5 floors, since 13:00:00 CEST, UTC+2.',
  )
})

test('blindness says since when nothing was heard, and why', () => {
  const heard = later(START, -2 * MINUTE_MS)
  const alert = (silent: number, known: Partial<Alert> = {}) => {
    const newest = { kind: 'blind', silent, expected: 10, heardAt: heard } as const
    return someBlindness('blind', silent, { ...since, newest, peak: newest, ...known })
  }
  expect(said(alert(10))).toBe(
    'Alder Retail: blind · no reply, network, 10 of 10 metrics not heard, since 12:58:00 CEST, UTC+2.',
  )
  expect(said(alert(2))).toMatch(/^Alder Retail: blind in part · .*2 of 10 metrics/)
  const over = {
    endedAt: later(START, 3 * MINUTE_MS),
    newest: { ...alert(0).newest, heardAt: null },
  }
  expect(said(alert(10, over as Partial<Alert>), 'ended')).toMatch(
    /blind, over · .*10 of 10 .* since 12:58:00 CEST, UTC\+2, lasted 5 min\.$/,
  )
})

test('the end says the highest, and how long it lasted', () => {
  const endedAt = later(START, 4 * MINUTE_MS)
  expect(said(someAlert('wall', { ...since, endedAt }), 'ended')).toBe(
    'Alder Retail: WebSocket connections at the limit, over · Highest 1 000 of 1 000 (100 %) since 13:00:00 CEST, UTC+2, lasted 4 min; 42 refused.',
  )
})

test('the window reaches from a little before it began until now, or a little after its end', () => {
  const open = alertWords({ kind: 'fired', alert: someAlert('wall', since) }, context)
  expect(open.window).toEqual({ from: later(START, -5 * MINUTE_MS), to: context.now })
  const endedAt = later(START, 4 * MINUTE_MS)
  const over = alertWords(
    { kind: 'ended', alert: someAlert('wall', { ...since, endedAt }) },
    context,
  )
  expect(over.window.to).toBe(later(START, 5 * MINUTE_MS))
})

test('a message of several says how many fire and how many are over', () => {
  const line = (kind: 'fired' | 'ended') => ({ kind, alert: someAlert('wall', since) })
  const title = (...kinds: ('fired' | 'ended')[]) =>
    messageTitle({ at: START, audience: 'operators', lines: kinds.map(line) }, context)
  expect(title('fired')).toBe('Alder Retail: WebSocket connections at the limit')
  expect(title('fired', 'fired', 'ended')).toBe('Alder Retail: 2 alerts, 1 over')
  expect(title('ended', 'ended')).toBe('Alder Retail: 2 over')
})
