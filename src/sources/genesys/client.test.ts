import { expect, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { durationMs, later, orgId } from '#domain/units.ts'
import { countShape } from '../shape.ts'
import { answering, json } from '#testing/answering.ts'
import { addressesOf } from './addresses.ts'
import { askJson, type Call } from './client.ts'
import type { Connection } from './connection.ts'
import { createTokenStore, type Token } from './tokenStore.ts'

const CALL: Call = {
  method: 'GET',
  path: '/api/v2/telephony/calls/metrics',
  query: { metricType: 'cloud' },
  permissions: ['telephony:callMetrics:view'],
}
const shape = z.object({ concurrentCallCount: countShape() })
const HOUR = 3_600_000

function setup(answer: Parameters<typeof answering>[0], known: Partial<Token> | null = {}) {
  const network = answering(answer)
  const { context } = network
  const tokens = createTokenStore({
    org: orgId('acme'),
    storage: null,
    channel: null,
    now: context.now,
  })
  if (known)
    tokens.set({
      accessToken: 'secret-1',
      expiresAt: later(context.now(), HOUR),
      refreshToken: null,
      ...known,
    })
  const connection: Connection = {
    org: orgId('acme'),
    addresses: addressesOf('mypurecloud.de'),
    clientId: 'c1',
    tokens,
  }
  return { ...network, tokens, ask: (call = CALL) => askJson(context, connection, call, shape) }
}

test('a call is sent with the token and its reply is vouched for', async () => {
  const { ask, asked } = setup(() => json({ concurrentCallCount: 12, usage: 3 }))
  expect(await ask()).toEqual({ concurrentCallCount: 12 })
  expect(asked[0]?.url.href).toBe(
    'https://api.mypurecloud.de/api/v2/telephony/calls/metrics?metricType=cloud',
  )
  expect(asked[0]?.headers.get('Authorization')).toBe('Bearer secret-1')
})

test('a body is sent as JSON', async () => {
  const { ask, asked } = setup(() => json({ concurrentCallCount: 0 }))
  await ask({ ...CALL, method: 'POST', body: { groupBy: ['mediaType'] } })
  expect(asked[0]).toMatchObject({ method: 'POST', body: '{"groupBy":["mediaType"]}' })
  expect(asked[0]?.headers.get('Content-Type')).toBe('application/json')
})

const error = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  json(body, { status, headers })

test.each([
  [
    '400',
    error(400, { code: 'bad.request', message: 'No such metric.' }),
    'badRequest',
    'No such metric',
  ],
  ['401', error(401, { code: 'bad.credentials' }), 'unauthorised', 'no longer valid'],
  [
    '401 for the address',
    error(401, { code: 'ip.not.authorized' }),
    'unauthorised',
    'not on the allow-list',
  ],
  ['404', error(404, { code: 'not.found', message: 'Gone.' }), 'absent', 'Gone'],
  ['408', error(408, { code: 'client.timeout', message: 'Too slow' }), 'timeout', 'Too slow'],
  ['429', error(429, {}, { 'Retry-After': '42' }), 'rateLimited', 'next try in 42 s'],
  ['429 without Retry-After', error(429, {}), 'rateLimited', 'asked too often'],
  ['500', error(500, { message: 'Oops' }), 'unavailable', 'Oops'],
  ['503', error(503, { code: 'service.unavailable' }), 'unavailable', 'service.unavailable'],
  ['503 with a page', new Response('<html>busy</html>', { status: 503 }), 'unavailable', '503'],
  ['503 with nothing', new Response(null, { status: 503 }), 'unavailable', '503'],
  ['503 with a list', error(503, [1, 2]), 'unavailable', '503'],
  ['503 with numbers for words', error(503, { code: 7, message: null }), 'unavailable', '503'],
  ['no connection', new TypeError('Failed to fetch'), 'network', 'no readable reply'],
  ['no reply', new DOMException('late', 'TimeoutError'), 'timeout', 'did not answer in time'],
  ['a web page', new Response('<!doctype html><p>Sign in'), 'unexpectedShape', 'web page'],
  ['broken JSON', new Response('{"concurrentCallCount": 1'), 'unexpectedShape', 'broken'],
  ['nothing', new Response(''), 'unexpectedShape', 'with nothing'],
  ['a missing field', json({}), 'unexpectedShape', 'concurrentCallCount is missing'],
  ['null', json({ concurrentCallCount: null }), 'unexpectedShape', 'concurrentCallCount is null'],
  ['text', json({ concurrentCallCount: '12' }), 'unexpectedShape', 'concurrentCallCount is "12"'],
  ['a negative count', json({ concurrentCallCount: -3 }), 'unexpectedShape', 'is -3'],
  ['1e18', json({ concurrentCallCount: 1e18 }), 'unexpectedShape', 'too large to be true'],
  ['1e999', new Response('{"concurrentCallCount":1e999}'), 'unexpectedShape', 'is Infinity'],
  ['a list', json([]), 'unexpectedShape', 'it is a list'],
])('%s is told apart by kind and said in one sentence', async (_name, answer, kind, words) => {
  const { ask } = setup(() => answer)
  const failure: unknown = await ask().catch((thrown: unknown) => thrown)
  expect(failure).toMatchObject({
    name: 'GenesysError',
    kind,
    details: { route: 'GET /api/v2/telephony/calls/metrics' },
  })
  const { message } = failure as Error
  expect(message).toContain(words)
  expect(message).toMatch(/^GET \/api\/v2\/telephony\/calls\/metrics .*[^.]\.$/)
})

test('everything a reply says of its failure is kept', async () => {
  const limit = { namespace: 'platform.api', key: 'token.rate.per.minute', value: 300 }
  const body = {
    code: 'too.many.requests',
    message: 'Rate limit exceeded the maximum. Retry the request in [42] seconds',
    status: 429,
    contextId: 'ctx-1',
    details: [],
    errors: [],
    limit,
  }
  const { ask } = setup(() => error(429, body))
  await expect(ask()).rejects.toMatchObject({
    details: {
      status: 429,
      code: 'too.many.requests',
      correlationId: 'ctx-1',
      retryAfterMs: durationMs(42_000),
      permission: null,
      limit,
    },
  })
})

test('the correlation header goes before the body', async () => {
  const { ask } = setup(() =>
    error(503, { contextId: 'body' }, { 'ININ-Correlation-Id': 'header' }),
  )
  await expect(ask()).rejects.toMatchObject({ details: { correlationId: 'header' } })
})

test('what only a nested error says is found', async () => {
  const nested = { code: 'max.entity.count.reached', limit: { key: 'k', namespace: 'n' } }
  const { ask } = setup(() => error(400, { errors: [nested] }))
  await expect(ask()).rejects.toMatchObject({
    details: { code: 'max.entity.count.reached', limit: { key: 'k', namespace: 'n', value: null } },
  })
})

test.each([
  [{ messageParams: { permission: 'analytics:agentState:view' } }, 'analytics:agentState:view'],
  [{ messageParams: { permissions: '[a:b:view, c:d:edit]' } }, 'a:b:view, c:d:edit'],
  [
    { message: 'Missing the following permission(s): limits:organization:view' },
    'limits:organization:view',
  ],
])('a 403 with %j names the permission', async (body, permission) => {
  const { ask } = setup(() => error(403, { code: 'missing.permissions', ...body }))
  await expect(ask()).rejects.toMatchObject({
    kind: 'forbidden',
    message: expect.stringContaining(`the permission ${permission} is missing`),
    details: { permission },
  })
})

test('a 403 that names none shows what is documented', async () => {
  const { ask } = setup(() => error(403, { code: 'not.authorized' }))
  await expect(ask()).rejects.toMatchObject({
    message: expect.stringContaining('documented as needed: telephony:callMetrics:view'),
    details: { permission: 'telephony:callMetrics:view' },
  })
})

test.each([
  ['app.not.authorized.for.scope', 'the OAuth client lacks a scope'],
  ['authz.policy.denied', 'a policy of the organisation denies it'],
])('a 403 %s is not put down to the role', async (code, words) => {
  const { ask } = setup(() => error(403, { code, message: 'Needs telephony:callMetrics:view' }))
  await expect(ask()).rejects.toMatchObject({
    kind: 'forbidden',
    message: expect.stringContaining(words),
    details: { permission: null, code },
  })
})

test('without a token nothing is sent', async () => {
  const { ask, asked } = setup(() => json({}), null)
  await expect(ask()).rejects.toMatchObject({ kind: 'unauthorised', details: { status: null } })
  expect(asked).toEqual([])
})

test('identifiers do not enter the route', async () => {
  const { ask } = setup(() => error(404, {}))
  const path = '/api/v2/notifications/channels/8f14e45f-ceea-467f-a8d2-1c1b2b3c4d5e/subscriptions'
  await expect(ask({ ...CALL, path })).rejects.toMatchObject({
    details: { route: 'GET /api/v2/notifications/channels/{id}/subscriptions' },
  })
})

test('a refused token is forgotten, and the call is not repeated with it', async () => {
  const { ask, asked, tokens } = setup(() => error(401, { code: 'bad.credentials' }))
  const hear = vi.fn()
  tokens.subscribe(hear)
  await expect(ask()).rejects.toMatchObject({ kind: 'unauthorised' })
  expect(asked).toHaveLength(1)
  expect(tokens.get()).toBeNull()
  expect(hear).toHaveBeenCalledOnce()
})

test('a token that is only not allowed from this address is kept', async () => {
  const { ask, tokens } = setup(() => error(401, { code: 'ip.not.authorized' }))
  await expect(ask()).rejects.toMatchObject({ kind: 'unauthorised' })
  expect(tokens.get()).not.toBeNull()
})

test('a token that arrived meanwhile is used, and not forgotten for the old one', async () => {
  const { ask, asked, tokens } = setup(({ headers }) => {
    if (headers.get('Authorization') === 'Bearer secret-2') return json({ concurrentCallCount: 1 })
    tokens.set({
      accessToken: 'secret-2',
      expiresAt: later(tokens.get()!.expiresAt, HOUR),
      refreshToken: null,
    })
    return error(401, { code: 'bad.credentials' })
  })
  expect(await ask()).toEqual({ concurrentCallCount: 1 })
  expect(asked).toHaveLength(2)
  expect(tokens.get()?.accessToken).toBe('secret-2')
})

const renewed = { access_token: 'secret-2', expires_in: 3600, refresh_token: 'r2' }

test('a token that ends soon is renewed once for all calls that wait for it', async () => {
  const { ask, asked, tokens, pass } = setup(
    ({ url }) => json(url.pathname === '/oauth/token' ? renewed : { concurrentCallCount: 1 }),
    { refreshToken: 'r1' },
  )
  pass(HOUR - 60_000)
  await Promise.all([ask(), ask(), ask()])
  expect(asked.filter(({ url }) => url.pathname === '/oauth/token')).toHaveLength(1)
  expect(
    asked.filter(({ headers }) => headers.get('Authorization') === 'Bearer secret-2'),
  ).toHaveLength(3)
  expect(tokens.get()).toMatchObject({ accessToken: 'secret-2', refreshToken: 'r2' })
})

test('after a 401 a refresh token is tried before anybody has to sign in', async () => {
  const { ask, tokens } = setup(
    ({ url, headers }) => {
      if (url.pathname === '/oauth/token') return json(renewed)
      return headers.get('Authorization') === 'Bearer secret-2'
        ? json({ concurrentCallCount: 1 })
        : error(401, { code: 'bad.credentials' })
    },
    { refreshToken: 'r1' },
  )
  expect(await ask()).toEqual({ concurrentCallCount: 1 })
  expect(tokens.get()?.accessToken).toBe('secret-2')
})

test('a refresh token that is refused is not tried again, and the token at hand still is', async () => {
  const { ask, asked, tokens, pass } = setup(
    ({ url }) =>
      url.pathname === '/oauth/token'
        ? error(400, { error: 'invalid_grant' })
        : json({ concurrentCallCount: 1 }),
    { refreshToken: 'r1' },
  )
  pass(HOUR - 60_000)
  await ask()
  await ask()
  expect(asked.filter(({ url }) => url.pathname === '/oauth/token')).toHaveLength(1)
  expect(tokens.get()).toMatchObject({ accessToken: 'secret-1', refreshToken: null })
})

test('a renewal that only the network prevents costs nothing but itself', async () => {
  const { ask, tokens, pass } = setup(
    ({ url }) =>
      url.pathname === '/oauth/token'
        ? new TypeError('Failed to fetch')
        : json({ concurrentCallCount: 1 }),
    { refreshToken: 'r1' },
  )
  pass(HOUR - 60_000)
  expect(await ask()).toEqual({ concurrentCallCount: 1 })
  expect(tokens.get()).toMatchObject({ accessToken: 'secret-1', refreshToken: 'r1' })
})
