import { expect, test, vi } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import { answering, json } from '#testing/answering.ts'
import { createTabs, createTabStorage } from '#testing/tabs.ts'
import { addressesOf } from './addresses.ts'
import { completeSignIn } from './completeSignIn.ts'
import { challengeOf } from './pkce.ts'
import { signIn } from './signIn.ts'
import { signOut } from './signOut.ts'
import { createTokenStore } from './tokenStore.ts'

const request = {
  org: orgId('acme'),
  addresses: addressesOf('127.0.0.1:8787'),
  clientId: 'c1',
  redirectUri: 'http://127.0.0.1:4180/signed-in',
  returnPath: '/org/acme/live',
}

/** A page that can begin a sign-in, and the page at its redirect address. */
function setup({ isBlocked = false } = {}) {
  const tabs = createTabs()
  const network = answering(() => json({ access_token: 'secret', expires_in: 3600 }))
  const storage = createTabStorage()
  const popUp = { location: { href: '' }, close: vi.fn() }
  const leave = vi.fn<(url: string) => void>()
  const page = {
    crypto,
    open: vi.fn(() => (isBlocked ? null : popUp)),
    storage,
    channel: tabs.open(),
    leave,
  }
  const shown = async () => {
    await vi.waitFor(() => expect(popUp.location.href).not.toBe(''))
    return new URL(popUp.location.href)
  }
  const comeBack = (
    search: string,
    at = createTabStorage(),
    patience = new AbortController().signal,
  ) => completeSignIn(network.context, { search, storage: at, channel: tabs.open(), patience })
  return { ...network, page, popUp, storage, leave, shown, comeBack }
}

test('a pop-up brings the code back, and the page that waited gets the token', async () => {
  const { context, asked, page, popUp, shown, comeBack, leave } = setup()
  const result = signIn(context, request, page)
  expect(page.open).toHaveBeenCalledOnce()
  const query = (await shown()).searchParams
  const done = await comeBack(`?code=abc&state=${query.get('state')}`)
  expect(done).toEqual({ kind: 'delivered' })
  expect(await result).toMatchObject({ kind: 'signedIn', token: { accessToken: 'secret' } })
  const form = new URLSearchParams(asked[0]?.body)
  expect(form.get('code')).toBe('abc')
  expect(await challengeOf(form.get('code_verifier') ?? '', crypto)).toBe(
    query.get('code_challenge'),
  )
  expect(popUp.close).toHaveBeenCalledOnce()
  expect(leave).not.toHaveBeenCalled()
})

test('the window is opened before anything is waited for, while the click is fresh', () => {
  const { context, page, stop } = setup()
  void signIn(context, request, page).catch(() => 'stopped')
  expect(page.open).toHaveBeenCalledExactlyOnceWith('', '_blank', expect.stringContaining('popup'))
  stop()
})

test('an answer with another state is not taken', async () => {
  const { context, asked, page, shown, comeBack, stop } = setup()
  const result = signIn(context, request, page)
  await shown()
  const patience = new AbortController()
  const forged = comeBack('?code=evil&state=forged', createTabStorage(), patience.signal)
  patience.abort()
  expect(await forged).toMatchObject({
    kind: 'failed',
    problem: expect.stringContaining('belongs'),
  })
  expect(asked).toEqual([])
  stop(new Error('given up'))
  await expect(result).rejects.toThrow('given up')
})

test('a refusal on the login page is told in its words', async () => {
  const { context, page, shown, comeBack } = setup()
  const result = signIn(context, request, page)
  const state = (await shown()).searchParams.get('state')
  await comeBack(`?error=access_denied&error_description=Not+you&state=${state}`)
  expect(await result).toEqual({ kind: 'refused', problem: 'The login page answered: Not you' })
})

test('a sign-in that is given up closes its window', async () => {
  const { context, page, popUp, shown, stop } = setup()
  const result = signIn(context, request, page)
  await shown()
  stop(new Error('given up'))
  await expect(result).rejects.toThrow('given up')
  expect(popUp.close).toHaveBeenCalledOnce()
})

test('where pop-ups are blocked the whole page goes and comes back to where it was', async () => {
  const { context, asked, page, storage, leave, comeBack } = setup({ isBlocked: true })
  expect(await signIn(context, request, page)).toEqual({ kind: 'leaving' })
  const url = new URL(leave.mock.calls[0]![0])
  const done = await comeBack(`?code=abc&state=${url.searchParams.get('state')}`, storage)
  expect(done).toMatchObject({
    kind: 'signedIn',
    org: 'acme',
    returnPath: '/org/acme/live',
    token: { accessToken: 'secret' },
  })
  const form = new URLSearchParams(asked[0]?.body)
  expect(await challengeOf(form.get('code_verifier') ?? '', crypto)).toBe(
    url.searchParams.get('code_challenge'),
  )
  expect(storage.kept.size).toBe(0)
})

test('an answer counts once: reloading the redirect page asks for no second token', async () => {
  const { context, asked, page, storage, leave, comeBack } = setup({ isBlocked: true })
  await signIn(context, request, page)
  const state = new URL(leave.mock.calls[0]![0]).searchParams.get('state')
  await comeBack(`?code=abc&state=${state}`, storage)
  const again = await comeBack(`?code=abc&state=${state}`, storage, AbortSignal.abort())
  expect(again.kind).toBe('failed')
  expect(asked).toHaveLength(1)
})

test('a full-page answer with a forged state gets no token and leaves the sign-in as it was', async () => {
  const { context, asked, page, storage, comeBack } = setup({ isBlocked: true })
  await signIn(context, request, page)
  const forged = await comeBack('?code=evil&state=forged', storage, AbortSignal.abort())
  expect(forged.kind).toBe('failed')
  expect(asked).toEqual([])
  expect(storage.kept.size).toBe(1)
})

test.each(['//evil.example/', 'https://evil.example/', ''])(
  'it never comes back to %j',
  async (returnPath) => {
    const { context, page, storage, leave, comeBack } = setup({ isBlocked: true })
    await signIn(context, { ...request, returnPath }, page)
    const state = new URL(leave.mock.calls[0]![0]).searchParams.get('state')
    const done = await comeBack(`?code=abc&state=${state}`, storage, AbortSignal.abort())
    expect(done.kind).toBe('failed')
  },
)

test('without pop-ups and without session storage it says what to allow', async () => {
  const { context, page } = setup({ isBlocked: true })
  expect(await signIn(context, request, { ...page, storage: null })).toMatchObject({
    kind: 'refused',
    problem: expect.stringContaining('allow one of them'),
  })
})

test('the redirect address without an answer says what it is for', async () => {
  const { comeBack } = setup()
  expect(await comeBack('')).toMatchObject({ kind: 'failed', returnPath: null })
})

test('a sign-out forgets the token even when the server cannot be told', async () => {
  const { context } = answering(() => new TypeError('Failed to fetch'))
  const tokens = createTokenStore({
    org: orgId('acme'),
    storage: createTabStorage(),
    channel: null,
    now: context.now,
  })
  tokens.set({ accessToken: 'secret', expiresAt: epochMs(9e12), refreshToken: null })
  const connection = { org: orgId('acme'), addresses: request.addresses, clientId: 'c1', tokens }
  await expect(signOut(context, connection)).rejects.toMatchObject({ kind: 'network' })
  expect(tokens.get()).toBeNull()
})
