import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { answering } from '#testing/answering.ts'
import { exchange, type Fail, jsonOf, retryAfterOf } from './exchange.ts'
import { SourceError } from './sourceError.ts'

const NOW = epochMs(Date.UTC(2026, 2, 2, 9))
const fail: Fail = (...known) => new SourceError(...known)

const sent = (answer: Response | Error) =>
  exchange(answering(() => answer).context, 'https://a.example/x', {}, 'GET /x', fail)

test('a reply is handed on whole, whatever its status', async () => {
  expect(await sent(new Response('busy', { status: 503 }))).toMatchObject({
    status: 503,
    text: 'busy',
  })
})

test('what fetch cannot explain is a network failure, without a status', async () => {
  await expect(sent(new TypeError('Failed to fetch'))).rejects.toMatchObject({
    kind: 'network',
    details: { status: null, route: 'GET /x' },
  })
})

test('no reply in time is a time-out', async () => {
  const late = new DOMException('The operation timed out.', 'TimeoutError')
  await expect(sent(late)).rejects.toMatchObject({ kind: 'timeout' })
})

test('a stop of ours is passed on and is no failure of the source', async () => {
  const stop = new DOMException('Stopped.', 'AbortError')
  await expect(sent(stop)).rejects.toBe(stop)
})

test('a reply that breaks off while it is read is a network failure', async () => {
  const body = new ReadableStream({ start: (stream) => stream.error(new TypeError('terminated')) })
  await expect(sent(new Response(body))).rejects.toMatchObject({ kind: 'network' })
})

const page = { 'Content-Type': 'text/html; charset=utf-8' }

test.each([
  ['', {}, /with nothing where JSON was expected/],
  ['  \n', {}, /with nothing/],
  ['<!doctype html><title>Sign in</title>', {}, /web page/],
  ['Please sign in', page, /web page/],
  ['{"count": 3', {}, /broken or cut off/],
  ['{count: 3}', {}, /broken or cut off/],
])('%j is no JSON, and the message says why', (text, headers, message) => {
  const reply = { status: 200, headers: new Headers(headers), text }
  expect(() => jsonOf(reply, 'GET /x', fail)).toThrow(message)
  expect(() => jsonOf(reply, 'GET /x', fail)).toThrow(
    expect.objectContaining({ kind: 'unexpectedShape' }),
  )
})

test.each([
  ['42', null, 42_000],
  ['0', null, 0],
  ['1.5', null, 1_500],
  ['-5', null, 0],
  ['Mon, 02 Mar 2026 09:00:30 GMT', null, 30_000],
  ['Mon, 02 Mar 2026 08:00:00 GMT', null, 0],
  ['999999999', null, 3_600_000],
  ['soon', null, null],
  [null, 'Rate limit exceeded the maximum. Retry the request in [42] seconds', 42_000],
  [null, 'Retry the request in 7 seconds', 7_000],
  ['3', 'Retry the request in [42] seconds', 3_000],
  ['soon', 'Retry the request in [42] seconds', 42_000],
  [null, 'Rate limit exceeded', null],
  [null, null, null],
])('Retry-After %s with the message %j waits %s ms', (header, message, waitMs) => {
  const headers = new Headers(header === null ? {} : { 'Retry-After': header })
  expect(retryAfterOf(headers, message, NOW)).toBe(waitMs)
})
