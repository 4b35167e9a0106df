import { expect, test } from 'vitest'
import { steeredTenant } from '../steeredTenant.ts'
import { type FaultRule, faultRulesOf } from './faults.ts'

const CALLS = '/api/v2/telephony/calls/metrics'

async function setup(fault: Omit<FaultRule, 'path'> & { path?: string }) {
  const steered = steeredTenant('quiet', { faults: [{ path: CALLS, ...fault }] })
  await steered.signIn()
  return steered
}

test.each([
  ['nulls', null],
  ['huge', 1e18],
  ['text', 'n/a'],
] as const)('%s spoils the named member and leaves the others', async (kind, value) => {
  const { json } = await setup({ kind, field: 'concurrentCallCount' })
  const reply = await json<Record<string, unknown>>(CALLS)
  expect(reply.concurrentCallCount).toBe(value)
  expect(reply.maxCallCapacity).toBe(1000)
})

test('negative makes counts negative, and no field is needed', async () => {
  const { json } = await setup({ kind: 'negative' })
  const reply = await json<Record<string, unknown>>(CALLS)
  const numbers = Object.values(reply).filter((value) => typeof value === 'number')
  expect(numbers.length).toBeGreaterThan(4)
  expect(numbers.every((value) => value < 0)).toBe(true)
})

test('missingFields leaves members out', async () => {
  const { json } = await setup({ kind: 'missingFields', field: 'maxCallCapacity' })
  expect(await json(CALLS)).not.toHaveProperty('maxCallCapacity')
})

test('html and malformed are 200 and no JSON', async () => {
  for (const kind of ['html', 'malformed'] as const) {
    const { fetch } = await setup({ kind })
    const response = await fetch(CALLS)
    expect(response.status).toBe(200)
    await expect(response.json()).rejects.toThrow(SyntaxError)
  }
})

test('a fault of two times is over after two, and touches no other path', async () => {
  const { fetch } = await setup({ kind: 'status', status: 503, times: 2 })
  const statuses = []
  for (let i = 0; i < 3; i += 1) {
    statuses.push((await fetch(CALLS)).status)
    expect((await fetch('/api/v2/organizations/me')).status).toBe(200)
  }
  expect(statuses).toEqual([503, 503, 200])
})

test('a fault with a query spoils the requests that have it', async () => {
  const { fetch } = await setup({ kind: 'status', path: `${CALLS}?metricType=premises` })
  expect((await fetch(`${CALLS}?metricType=cloud`)).status).toBe(200)
  expect((await fetch(`${CALLS}?metricType=premises`)).status).toBe(503)
})

test('429 comes with Retry-After, or with the seconds in the message alone', async () => {
  const { fetch } = await setup({ kind: 'status', status: 429, retryAfterSec: 7 })
  expect((await fetch(CALLS)).headers.get('Retry-After')).toBe('7')
  const bare = await setup({ kind: 'rateLimitedWithoutRetryAfter', retryAfterSec: 9 })
  const response = await bare.fetch(CALLS)
  expect([response.status, response.headers.has('Retry-After')]).toEqual([429, false])
  expect(((await response.json()) as { message: string }).message).toContain('[9] seconds')
})

test('a gateway 503 has no CORS headers', async () => {
  const { fetch } = await setup({ kind: 'noCors503', path: '/api/*' })
  const response = await fetch('/api/v2/organizations/me')
  expect(response.status).toBe(503)
  expect(response.headers.has('Access-Control-Allow-Origin')).toBe(false)
})

test('a hanging request ends when the client gives up, and not before', async () => {
  const { fetch } = await setup({ kind: 'hang' })
  const client = new AbortController()
  const outcome = fetch(CALLS, { signal: client.signal }).then(
    () => 'answered',
    () => 'given up',
  )
  const first = await Promise.race([outcome, Promise.resolve('still waiting')])
  expect(first).toBe('still waiting')
  client.abort()
  expect(await outcome).toBe('given up')
})

test('faults that come from outside are read with care', () => {
  expect(faultRulesOf([{ path: '*', kind: 'hang' }])).toHaveLength(1)
  expect(() => faultRulesOf('x')).toThrow(RangeError)
  expect(() => faultRulesOf([{ kind: 'hang' }])).toThrow(/path/)
  expect(() => faultRulesOf([{ path: '*', kind: 'boom' }])).toThrow(/kind/)
})
