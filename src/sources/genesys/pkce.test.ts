import { expect, test } from 'vitest'
import { addressesOf } from './addresses.ts'
import { challengeOf, createPkceRequest, readRedirect } from './pkce.ts'

const client = {
  addresses: addressesOf('mypurecloud.de'),
  clientId: 'client-1',
  redirectUri: 'http://127.0.0.1:4180/signed-in',
}

test('the challenge is that of the example in RFC 7636, appendix B', async () => {
  expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', crypto)).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  )
})

test('the login page is asked for a code, with the challenge and never with the verifier', async () => {
  const { url, verifier, state } = await createPkceRequest(client, crypto)
  const { origin, pathname, searchParams } = new URL(url)
  expect(origin + pathname).toBe('https://login.mypurecloud.de/oauth/authorize')
  expect(Object.fromEntries(searchParams)).toEqual({
    client_id: 'client-1',
    redirect_uri: client.redirectUri,
    response_type: 'code',
    code_challenge: await challengeOf(verifier, crypto),
    code_challenge_method: 'S256',
    state,
  })
  expect(url).not.toContain(verifier)
})

test('verifier and state are long, unreserved and new every time', async () => {
  const requests = await Promise.all([1, 2, 3].map(() => createPkceRequest(client, crypto)))
  const texts = requests.flatMap(({ verifier, state }) => [verifier, state])
  expect(new Set(texts).size).toBe(6)
  for (const text of texts) expect(text).toMatch(/^[A-Za-z0-9_-]{43,128}$/)
})

test.each([
  ['?code=abc&state=s1', { kind: 'code', code: 'abc', state: 's1' }],
  [
    '?error=access_denied&error_description=The+user+refused&state=s1',
    { kind: 'refused', error: 'access_denied', words: 'The user refused', state: 's1' },
  ],
  [
    '?error=server_error&code=abc',
    { kind: 'refused', error: 'server_error', words: null, state: '' },
  ],
  ['?state=s1', { kind: 'notAnAnswer' }],
  ['', { kind: 'notAnAnswer' }],
])('the answer %j is read', (search, answer) => {
  expect(readRedirect(search)).toEqual(answer)
})
