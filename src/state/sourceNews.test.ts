import { expect, test } from 'vitest'
import { durationMs, epochMs, later, sourceId } from '#domain/units.ts'
import type { SourceStatus } from '#monitor/orgFacts.ts'
import { SourceError, type SourceErrorKind } from '#sources/sourceError.ts'
import { failureNote, failureWords, sourceNews, sourceTrouble } from './sourceNews.ts'

const noon = epochMs(Date.UTC(2026, 8, 17, 12))
const plain = (text: string) => text.replaceAll('\u202f', ' ')

const failure = (kind: SourceErrorKind, known: Partial<SourceError['details']> = {}) => ({
  ...new SourceError(kind, 'x', known).details,
  kind,
  message: 'x',
})

test.each([
  [failure('network'), 'no reply, network'],
  [failure('timeout'), 'no reply in time'],
  [failure('rateLimited', { retryAfterMs: durationMs(42_000) }), '429, asked to wait 42 s'],
  [failure('rateLimited'), '429'],
  [failure('unavailable', { status: 503 }), '503, unavailable'],
  [failure('unauthorised'), 'signed out, 401'],
  [failure('forbidden', { status: 401 }), '401, its bearer or display key is not accepted'],
  [failure('forbidden', { permission: 'a:b:view' }), 'permission missing: a:b:view'],
  [failure('absent', { status: 404 }), '404, this organisation has no such thing'],
  [
    { ...failure('absent', { status: 200 }), message: 'There is no premises telephony.' },
    'There is no premises telephony',
  ],
  [failure('badRequest', { status: 422 }), '422, the request was refused'],
  [failure('unexpectedShape'), 'the reply is not what was agreed'],
])('a failure is said in a few words: %#', (failed, words) => {
  expect(plain(failureWords(failed))).toBe(words)
})

const source = (known: Partial<SourceStatus>): SourceStatus => ({
  id: sourceId('calls'),
  title: 'Call metrics',
  everyMs: durationMs(10_000),
  metrics: [],
  state: 'ok',
  lastOkAt: null,
  failingSince: null,
  failure: null,
  nextAt: null,
  skippedTicks: 0,
  ...known,
})

test('a source that fails names the next attempt, one that is off says whether there is one', () => {
  const failed = { failure: failure('unavailable', { status: 503 }), failingSince: noon }
  const nextAt = later(noon, 70_000)
  expect(sourceTrouble(source({ ...failed, state: 'failing', nextAt }), 'UTC')).toEqual({
    state: 'cannot be read since 12:00',
    reason: '503, unavailable',
    next: 'Next attempt at 12:01:10.',
    source: 'calls',
  })
  expect(sourceTrouble(source({ ...failed, state: 'off', nextAt }), 'UTC')).toMatchObject({
    state: 'off since 12:00',
    next: 'Next attempt at 12:01:10.',
  })
  expect(sourceTrouble(source({ ...failed, state: 'off' }), 'UTC')?.next).toBe(
    'It is not asked again by itself.',
  )
  expect(sourceTrouble(source({ state: 'signedOut' }), 'UTC')).toMatchObject({
    next: 'Sign in to go on.',
    source: null,
  })
  expect(sourceTrouble(source({}), 'UTC')).toBeNull()
  expect(sourceTrouble(null, 'UTC')).toBeNull()
})

test('in the place of a chart the same takes a heading and a sentence', () => {
  const trouble = { state: 'cannot be read since 12:00', reason: 'no reply, network' }
  expect(
    failureNote('Calls', { ...trouble, next: 'Next attempt at 12:01:10.', source: null }),
  ).toEqual({
    title: 'Calls cannot be read since 12:00',
    text: 'No reply, network. Next attempt at 12:01:10.',
  })
})

test('a tile hears of its source', () => {
  expect(sourceNews(null)).toEqual({ kind: 'fine' })
  expect(sourceNews(source({ state: 'waiting', nextAt: noon }))).toEqual({
    kind: 'waiting',
    expectedAt: noon,
  })
  expect(sourceNews(source({ state: 'failing', failingSince: noon }))).toEqual({
    kind: 'failing',
    reason: 'no reply',
    since: noon,
  })
  const forbidden = failure('forbidden', { permission: 'a:b:view' })
  expect(sourceNews(source({ state: 'off', failure: forbidden }))).toMatchObject({
    kind: 'off',
    permission: 'a:b:view',
  })
})
