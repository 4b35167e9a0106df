import { afterEach, expect, test, vi } from 'vitest'
import { later } from '#domain/units.ts'
import { answering, json } from '#testing/answering.ts'
import { addressesOf } from './addresses.ts'
import { clientCredentialsToken, exchangeCode, refreshedToken, revokeToken } from './oauth.ts'

const region = addressesOf('mypurecloud.de')
const loopback = addressesOf('127.0.0.1:8787')
const code = {
  clientId: 'c1',
  redirectUri: 'http://127.0.0.1:4180/signed-in',
  code: 'k',
  verifier: 'v',
}
const reply = { access_token: 'secret', token_type: 'bearer', expires_in: 86_400 }

afterEach(() => vi.unstubAllGlobals())

test('a code is exchanged with its verifier and without a secret', async () => {
  const { context, asked } = answering(() => json(reply))
  expect(await exchangeCode(context, region, code)).toEqual({
    accessToken: 'secret',
    expiresAt: later(context.now(), 86_400_000),
    refreshToken: null,
  })
  const [request] = asked
  expect(request?.url.href).toBe('https://login.mypurecloud.de/oauth/token')
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    grant_type: 'authorization_code',
    code: 'k',
    code_verifier: 'v',
    client_id: 'c1',
    redirect_uri: code.redirectUri,
  })
  expect(request?.headers.has('Authorization')).toBe(false)
})

test('a refusal of the login host is told in its own words', async () => {
  const refusal = { error: 'invalid_grant', error_description: 'code verifier does not match' }
  const { context } = answering(() => json(refusal, { status: 400 }))
  await expect(exchangeCode(context, region, code)).rejects.toMatchObject({
    name: 'GenesysError',
    kind: 'badRequest',
    message: 'POST /oauth/token answered 400 (invalid_grant): code verifier does not match.',
  })
})

test.each([
  [{ ...reply, access_token: '' }, /access_token/],
  [{ ...reply, access_token: null }, /access_token/],
  [{ ...reply, expires_in: undefined }, /expires_in is missing/],
  [{ ...reply, expires_in: 0 }, /expires_in/],
  [{ ...reply, expires_in: -1 }, /expires_in/],
  [{ ...reply, expires_in: 1e18 }, /expires_in/],
])('a token reply %j is refused', async (body, message) => {
  const { context } = answering(() => json(body))
  await expect(exchangeCode(context, region, code)).rejects.toThrow(message)
})

test('a refresh keeps the old refresh token where the reply brings none', async () => {
  const { context, asked } = answering((_request, index) =>
    json(index === 0 ? reply : { ...reply, refresh_token: 'r2' }),
  )
  const from = { clientId: 'c1', refreshToken: 'r1' }
  expect((await refreshedToken(context, region, from)).refreshToken).toBe('r1')
  expect((await refreshedToken(context, region, from)).refreshToken).toBe('r2')
  expect(asked[0]?.body).toContain('grant_type=refresh_token&refresh_token=r1')
})

test('client credentials go to a simulator as basic authorisation', async () => {
  const { context, asked } = answering(() => json(reply))
  await clientCredentialsToken(context, loopback, { clientId: 'id', clientSecret: 'hush' })
  expect(asked[0]?.url.href).toBe('http://127.0.0.1:8787/oauth/token')
  expect(asked[0]?.headers.get('Authorization')).toBe(`Basic ${btoa('id:hush')}`)
})

test('a browser never sends a client secret to a real organisation', async () => {
  vi.stubGlobal('document', {})
  const { context, asked } = answering(() => json(reply))
  const client = { clientId: 'id', clientSecret: 'hush' }
  await expect(clientCredentialsToken(context, region, client)).rejects.toThrow(/never sends/)
  expect(asked).toEqual([])
  await clientCredentialsToken(context, loopback, client)
  expect(asked).toHaveLength(1)
})

test.each([204, 200, 401])('a sign-out answered with %s is done', async (status) => {
  const { context, asked } = answering(() => new Response(null, { status }))
  const token = { accessToken: 'secret', expiresAt: context.now(), refreshToken: null }
  await revokeToken(context, region, token)
  expect(asked[0]).toMatchObject({ method: 'DELETE' })
  expect(asked[0]?.url.href).toBe('https://api.mypurecloud.de/api/v2/tokens/me')
})

test('a sign-out that the server does not take says so', async () => {
  const { context } = answering(() => json({ code: 'service.unavailable' }, { status: 503 }))
  const token = { accessToken: 'secret', expiresAt: context.now(), refreshToken: null }
  await expect(revokeToken(context, region, token)).rejects.toMatchObject({ kind: 'unavailable' })
})
