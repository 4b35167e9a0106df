import { expect, test } from 'vitest'
import { answering, json } from '#testing/answering.ts'
import { steeredTenant } from '#mocks/steeredTenant.ts'
import { addressesOf } from './addresses.ts'
import { genesysErrorOf } from './genesysError.ts'
import { exchangeCode } from './oauth.ts'
import { challengeOf } from './pkce.ts'
import { freshTokenTrouble, refusalTrouble, troubleOf } from './signInTrouble.ts'

const about = {
  addresses: addressesOf('mypurecloud.de'),
  clientId: 'c1',
  redirectUri: 'https://tidemark.example/signed-in',
}
const code = { ...about, code: 'k', verifier: 'v' }

/** What a reply of the token endpoint comes to. */
async function afterReply(reply: Response | Error, to = about) {
  const { context } = answering(() => reply)
  const failure = await exchangeCode(context, to.addresses, code).catch((error: unknown) => error)
  return troubleOf(failure, to)
}

const refusal = (error: string, description: string, status = 400) =>
  json({ error, description, error_description: description }, { status })

test.each([
  [refusal('invalid_client', 'client not found: invalid', 401), 'clientUnknown'],
  [refusal('invalid_client', 'client not found: invalid'), 'clientUnknown'],
  [json({ code: 'bad.credentials' }, { status: 401 }), 'clientUnknown'],
  [refusal('unauthorized_client', 'grant not allowed'), 'grantNotAllowed'],
  [refusal('unsupported_grant_type', 'no such grant'), 'grantNotAllowed'],
  [refusal('invalid_grant', 'authorization code expired'), 'codeExpired'],
  [refusal('invalid_grant', 'redirect_uri does not match'), 'redirectMismatch'],
  [refusal('invalid_request', 'redirect_uri is not registered'), 'redirectMismatch'],
  [refusal('invalid_request', 'what is that'), 'unexpected'],
  [json({}, { status: 503 }), 'loginDown'],
  [json({}, { status: 429, headers: { 'Retry-After': '7' } }), 'loginDown'],
  [new TypeError('Failed to fetch'), 'noReply'],
  [json({ access_token: 'x' }), 'unexpected'],
  [new RangeError('a fault of ours'), 'unexpected'],
] as const)('a token reply is named: %#, %s', async (reply, kind) => {
  const trouble = await afterReply(reply)
  expect(trouble.kind).toBe(kind)
  expect(trouble.problem).toMatch(/\.$/)
  expect(trouble.remedy).toMatch(/\.$/)
})

test('a client that is not known is named with its host, and the remedy names the region', async () => {
  const { problem, remedy } = await afterReply(refusal('invalid_client', 'client not found', 401))
  expect(problem).toBe('login.mypurecloud.de does not know the OAuth client c1.')
  expect(remedy).toMatch(/in its own region only/)
})

test('a redirect address that is not registered is told to be registered, letter by letter', async () => {
  const { remedy } = await afterReply(refusal('invalid_grant', 'redirect_uri differs'))
  expect(remedy).toContain('https://tidemark.example/signed-in')
})

test('a domain that was typed may be blocked by the policy of this page: the option is named', async () => {
  const typed = { ...about, addresses: addressesOf('new1.pure.cloud') }
  expect((await afterReply(new TypeError('Failed to fetch'), typed)).remedy).toContain(
    'tidemark serve --connect https://api.new1.pure.cloud --connect https://login.new1.pure.cloud',
  )
})

test.each([
  ['access_denied', 'The user said no', 'consentRefused', /answered: The user said no\./],
  ['access_denied', null, 'consentRefused', /answered: access_denied\./],
  ['invalid_client', null, 'clientUnknown', /does not know the OAuth client c1/],
  ['unauthorized_client', null, 'grantNotAllowed', /unauthorized_client/],
  ['unsupported_response_type', null, 'grantNotAllowed', /unsupported_response_type/],
  ['invalid_request', 'bad redirect_uri', 'redirectMismatch', /not the one registered/],
  ['temporarily_unavailable', null, 'loginDown', /login\.mypurecloud\.de answered/],
  ['invalid_scope', 'no such scope.', 'unexpected', /answered: no such scope\.$/],
  ['x', 'y'.repeat(5_000), 'unexpected', /^.{0,400}$/],
] as const)('the login page sent back %s (%s): %s', (error, words, kind, problem) => {
  expect(refusalTrouble({ error, words }, about)).toMatchObject({
    kind,
    problem: expect.stringMatching(problem),
    remedy: expect.stringMatching(/\.$/),
  })
})

test.each([
  ['bad.credentials', 'wrongRegion', /api\.mypurecloud\.de refused the token/],
  ['ip.not.authorized', 'addressNotAllowed', /allow-list/],
] as const)('a new token that the API refuses with %s means %s', async (code401, kind, problem) => {
  const reply = { status: 401, headers: new Headers(), text: JSON.stringify({ code: code401 }) }
  const error = genesysErrorOf(
    reply,
    'GET /api/v2/organizations/me',
    answering(() => json({})).context.now(),
  )
  expect(freshTokenTrouble(error, about.addresses)).toMatchObject({
    kind,
    problem: expect.stringMatching(problem),
  })
})

/** What the simulator's token endpoint says of a code that was granted to `about`, after a while. */
async function atSimulator(
  sent: Partial<typeof code>,
  { waitMs = 0, clientIds }: { waitMs?: number; clientIds?: string[] } = {},
) {
  const steered = steeredTenant('quiet', clientIds ? { clientIds } : {})
  const here = { ...about, addresses: addressesOf('127.0.0.1:8787') }
  const { context } = answering(({ url, method, body }) =>
    steered.fetch(url.pathname, { method, body: new URLSearchParams(body) }),
  )
  const verifier = 'v'.repeat(43)
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: about.clientId,
    redirect_uri: about.redirectUri,
    code_challenge: await challengeOf(verifier, crypto),
    code_challenge_method: 'S256',
  })
  const body = new URLSearchParams({ decision: 'allow' })
  const back = await steered.fetch(`/oauth/authorize?${query}`, { method: 'POST', body })
  const location = back.headers.get('Location')
  const granted = location ? new URL(location).searchParams.get('code')! : 'none'
  steered.wait(waitMs)
  const request = { ...code, verifier, code: granted, ...sent }
  const failure = await exchangeCode(context, here.addresses, request).catch((e: unknown) => e)
  return failure instanceof Error ? troubleOf(failure, here).kind : 'token'
}

test('at the simulator a code brings a token; one that is too old, foreign or sent to another address is named', async () => {
  expect(await atSimulator({})).toBe('token')
  expect(await atSimulator({}, { waitMs: 60_000 })).toBe('codeExpired')
  expect(await atSimulator({ code: 'unknown' })).toBe('codeExpired')
  expect(await atSimulator({ redirectUri: 'https://other.example/signed-in' })).toBe(
    'redirectMismatch',
  )
  expect(await atSimulator({}, { clientIds: ['another'] })).toBe('clientUnknown')
})
