import { expect, test } from 'vitest'
import { readFile } from '../readFile.ts'

const AT = Date.UTC(2026, 8, 17, 11)

type Parts = { headers?: Record<string, string>; response?: object; more?: object; status?: number }

/** A request of a browser whose clock is 41 s behind that of the server. */
function entry(
  afterMs: number,
  { headers = {}, response = {}, more = {}, status = 200 }: Parts = {},
) {
  const served = new Date(AT + 41_000 + afterMs + 50).toUTCString()
  return {
    startedDateTime: new Date(AT + afterMs).toISOString(),
    time: 100,
    request: { method: 'GET', url: 'https://api.mypurecloud.de/api/v2/users/me' },
    response: {
      status,
      statusText: '',
      headers: Object.entries({ Date: served, ...headers }).map(([name, value]) => ({
        name,
        value,
      })),
      content: {},
      ...response,
    },
    timings: { blocked: 10, dns: -1, connect: -1, ssl: -1, send: 1, wait: 80, receive: 9 },
    ...more,
  }
}

const clockOf = async (entries: readonly object[]) => {
  const text = JSON.stringify({ log: { version: '1.2', entries } })
  return (await readFile(new Blob([text]), { name: 'page.har' })).clock
}

const TIMES = [0, 430, 790, 1_340, 2_700]
const entries = (parts: Parts = {}) => TIMES.map((afterMs) => entry(afterMs, parts))

test('the Date headers of replies tell by how much the clock of a recording is off', async () => {
  const clock = (await clockOf(entries()))!
  expect(clock).toMatchObject({ how: 'dateHeaders', entries: 5 })
  expect(Math.abs(clock.offsetMs - 41_000)).toBeLessThanOrEqual(clock.plusMinusMs)
  expect(clock.plusMinusMs).toBeLessThan(500)
})

test('where a browser tells no steps, the whole of a request has to do', async () => {
  const clock = (await clockOf(entries({ more: { timings: undefined } })))!
  expect(clock.entries).toBe(5)
  expect(Math.abs(clock.offsetMs - 41_000)).toBeLessThanOrEqual(clock.plusMinusMs)
})

test.each([
  ['the cache of the browser', { more: { _fromCache: 'disk' } }],
  ['no transfer', { response: { _transferSize: 0 } }],
  ['a reply that is known already', { status: 304 }],
  ['a cache on the way', { headers: { Age: '12' } }],
  ['a reply without a date', { headers: { Date: '' } }],
  ['a date in no form of HTTP', { headers: { Date: '2026-09-17T11:00:41Z' } }],
  ['no reply', { status: 0 }],
] as const)('%s tells nothing of the clock', async (_, parts) => {
  expect(await clockOf(entries(parts))).toBeNull()
})

test('two replies are too few', async () => {
  expect(await clockOf(entries().slice(0, 2))).toBeNull()
})
