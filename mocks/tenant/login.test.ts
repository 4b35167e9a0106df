import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { steeredTenant } from '../steeredTenant.ts'

const REDIRECT = 'http://127.0.0.1:4180/signed-in'
const VERIFIER = 'a-verifier-of-enough-length-0123456789-abcdefghij'
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')

type TokenReply = { access_token: string; expires_in: number; refresh_token?: string }

const address = (query: Record<string, string> = {}) =>
  `/oauth/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: 'tidemark',
    redirect_uri: REDIRECT,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    state: 'state-1',
    ...query,
  })}`

const form = (members: Record<string, string>) => ({
  method: 'POST',
  body: new URLSearchParams(members),
})

function setup(options: Parameters<typeof steeredTenant>[1] = {}) {
  const steered = steeredTenant('quiet', options)
  const back = async (path: string, decision = 'allow') => {
    const response = await steered.fetch(path, form({ decision }))
    expect(response.status).toBe(302)
    return new URL(response.headers.get('Location')!)
  }
  const redeem = (members: Record<string, string>, path = '/oauth/token') =>
    steered.fetch(
      path,
      form({
        grant_type: 'authorization_code',
        client_id: 'tidemark',
        redirect_uri: REDIRECT,
        code_verifier: VERIFIER,
        ...members,
      }),
    )
  const code = async (path = address()) => (await back(path)).searchParams.get('code')!
  const errorOf = async (response: Response) => ((await response.json()) as { error: string }).error
  return { ...steered, back, redeem, code, errorOf }
}

test('the sign-in page names organisation and client, and leads back with code and state', async () => {
  const { fetch, back } = setup()
  const page = await fetch(address({ client_id: '<b>me</b>' }))
  const text = await page.text()
  expect(page.headers.get('Content-Type')).toContain('text/html')
  expect(text).toContain('Sign in as Ada Fields')
  expect(text).toContain('Birch Insurance')
  expect(text).not.toContain('<b>me</b>')
  const target = await back(address())
  expect(target.origin + target.pathname).toBe(REDIRECT)
  expect(target.searchParams.get('state')).toBe('state-1')
  expect(target.searchParams.get('code')).toBeTruthy()
})

test('who says no is sent back with access_denied', async () => {
  const { back } = setup()
  const { searchParams } = await back(address(), 'deny')
  expect(searchParams.get('error')).toBe('access_denied')
  expect(searchParams.get('state')).toBe('state-1')
  expect(searchParams.has('code')).toBe(false)
})

test('a missing client or a strange redirect address is told on the page, never by redirect', async () => {
  const { fetch } = setup()
  for (const query of [{ client_id: '' }, { redirect_uri: '' }, { redirect_uri: 'javascript:1' }]) {
    const response = await fetch(address(query))
    expect(response.status).toBe(400)
    expect(response.headers.has('Location')).toBe(false)
  }
})

test('a plain challenge is refused', async () => {
  const { back } = setup()
  const { searchParams } = await back(address({ code_challenge_method: 'plain' }))
  expect(searchParams.get('error')).toBe('invalid_request')
})

test.each(['/oauth/token', '/login/oauth/token'])(
  'a code with its verifier becomes a token at %s, once',
  async (path) => {
    const { redeem, code, carry, json, errorOf } = setup()
    const granted = await code()
    const reply = await redeem({ code: granted }, path)
    const { access_token, expires_in, refresh_token } = (await reply.json()) as TokenReply
    expect(expires_in).toBe(86_400)
    expect(refresh_token).toBeUndefined()
    carry(access_token)
    expect(await json('/api/v2/users/me')).toMatchObject({ name: 'Ada Fields' })
    const again = await redeem({ code: granted }, path)
    expect([again.status, await errorOf(again)]).toEqual([400, 'invalid_grant'])
  },
)

test.each([
  ['another verifier', { code_verifier: VERIFIER.replace('a', 'b') }],
  ['no verifier', { code_verifier: '' }],
  ['another redirect address', { redirect_uri: `${REDIRECT}/` }],
  ['another client', { client_id: 'someone-else' }],
])('a code with %s is worth nothing', async (_, members) => {
  const { redeem, code, errorOf } = setup()
  const reply = await redeem({ code: await code(), ...members })
  expect([reply.status, await errorOf(reply)]).toEqual([400, 'invalid_grant'])
})

test('a code that was asked for without PKCE needs the secret of its client', async () => {
  const { redeem, back, errorOf } = setup()
  const plain = `/oauth/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: 'tidemark',
    redirect_uri: REDIRECT,
  })}`
  const codeOf = async () => (await back(plain)).searchParams.get('code')!
  const without = await redeem({ code: await codeOf() })
  expect([without.status, await errorOf(without)]).toEqual([401, 'invalid_client'])
  expect((await redeem({ code: await codeOf(), client_secret: 's' })).status).toBe(200)
})

test('Basic that is none is told, not thrown', async () => {
  const { fetch } = setup()
  for (const basic of ['%%%', 'YQ', btoa(':secret')]) {
    const reply = await fetch('/oauth/token', {
      ...form({ grant_type: 'client_credentials' }),
      headers: { Authorization: `Basic ${basic}` },
    })
    expect(reply.status).toBe(401)
  }
})

test('a code is good for a minute', async () => {
  const { redeem, code, wait } = setup()
  const granted = await code()
  wait(60_000)
  expect((await redeem({ code: granted })).status).toBe(400)
})

test('a refresh token, where one is given, brings a new token and is used up', async () => {
  const { redeem, code, fetch, carry } = setup({ givesRefreshToken: true })
  const first = (await (await redeem({ code: await code() })).json()) as TokenReply
  const refresh = () =>
    fetch(
      '/oauth/token',
      form({
        grant_type: 'refresh_token',
        client_id: 'tidemark',
        refresh_token: first.refresh_token!,
      }),
    )
  const second = (await (await refresh()).json()) as TokenReply
  carry(second.access_token)
  expect((await fetch('/api/v2/users/me')).status).toBe(200)
  expect((await refresh()).status).toBe(400)
})

test('client credentials come by Basic or in the form, and are nobody', async () => {
  const { fetch, carry } = setup()
  const basic = await fetch('/oauth/token', {
    ...form({ grant_type: 'client_credentials' }),
    headers: { Authorization: `Basic ${btoa('id:secret')}` },
  })
  carry(((await basic.json()) as TokenReply).access_token)
  expect((await fetch('/api/v2/organizations/me')).status).toBe(200)
  expect((await fetch('/api/v2/users/me')).status).toBe(400)
  const withoutSecret = await fetch(
    '/oauth/token',
    form({ grant_type: 'client_credentials', client_id: 'id' }),
  )
  expect(withoutSecret.status).toBe(401)
})

test('a token ends when it expires, when it is revoked, and when all are', async () => {
  const { signIn, fetch, wait, carry, tenant } = setup({ tokenLifetimeSec: 300 })
  const status = async () => (await fetch('/api/v2/organizations/me')).status
  await signIn()
  wait(299_999)
  expect(await status()).toBe(200)
  wait(1)
  expect(await status()).toBe(401)

  const token = await signIn()
  carry(token)
  expect((await fetch('/api/v2/tokens/me', { method: 'DELETE' })).status).toBe(200)
  expect(await status()).toBe(401)

  await signIn()
  tenant.revokeTokens()
  expect(await status()).toBe(401)
  wait(2)
  await signIn()
  expect(await status()).toBe(200)
})

test('a token that nobody uses idles away; asking about it need not keep it alive', async () => {
  const { signIn, fetch, wait } = setup()
  await signIn()
  const look = () => fetch('/api/v2/tokens/me?preserveIdleTTL=true')
  wait(28_000_000)
  expect((await look()).status).toBe(200)
  wait(800_000)
  expect((await look()).status).toBe(401)
})

test('a simulation that starts again honours the tokens it gave out before', async () => {
  const { signIn } = setup()
  const token = await signIn()
  const again = setup()
  again.carry(token)
  expect((await again.fetch('/api/v2/organizations/me')).status).toBe(200)
  const foreign = setup({ seed: 7 })
  foreign.carry(token)
  expect((await foreign.fetch('/api/v2/organizations/me')).status).toBe(401)
})

test('auth-expiry gives tokens of five minutes', async () => {
  const steered = steeredTenant('auth-expiry')
  await steered.signIn()
  steered.wait(300_000)
  expect((await steered.fetch('/api/v2/organizations/me')).status).toBe(401)
})

test('a client that is not known gets a page instead of a way back, and no token', async () => {
  const { fetch, redeem, code, errorOf, signIn } = setup({ clientIds: ['tidemark'] })
  const page = await fetch(address({ client_id: 'stranger' }), form({ decision: 'allow' }))
  expect([page.status, page.headers.get('Location')]).toEqual([400, null])
  expect(await page.text()).toContain('There is no client stranger')
  const refused = await redeem({ code: await code(), client_id: 'stranger' })
  expect([refused.status, await errorOf(refused)]).toEqual([400, 'invalid_client'])
  await expect(signIn('stranger')).rejects.toThrow('answered 400')
  expect((await redeem({ code: await code() })).status).toBe(200)
})

test('an address that is not registered gets a page instead of a way back', async () => {
  const { fetch, back } = setup({ redirectUris: [REDIRECT] })
  const page = await fetch(address({ redirect_uri: 'http://127.0.0.1:9/elsewhere' }))
  expect([page.status, page.headers.get('Location')]).toEqual([400, null])
  expect(await page.text()).toContain('http://127.0.0.1:9/elsewhere is not registered')
  expect((await back(address())).searchParams.has('code')).toBe(true)
})

test('an organisation may have another name, everywhere it is told', async () => {
  const { fetch, json, tenant, signIn } = setup({ organisationName: 'Fir Bank' })
  expect(await (await fetch(address())).text()).toContain('Fir Bank')
  expect(await json('/v1/organisations')).toEqual([{ ...tenant.organisation, region: 'simulated' }])
  await signIn()
  expect(await json('/api/v2/organizations/me')).toMatchObject({ name: 'Fir Bank' })
  expect(tenant.organisation.name).toBe('Fir Bank')
})
