import { expect, test, vi } from 'vitest'
import { epochMs, later, orgId } from '#domain/units.ts'
import { answering, json } from '#testing/answering.ts'
import { createTabs, createTabStorage } from '#testing/tabs.ts'
import type { TabChannel } from '../tabSecret.ts'
import { addressesOf } from './addresses.ts'
import { completeSignIn } from './completeSignIn.ts'
import { challengeOf } from './pkce.ts'
import { signIn } from './signIn.ts'
import type { OtherWindow } from './signInChannel.ts'
import { signOut } from './signOut.ts'
import { createTokenStore } from './tokenStore.ts'

const request = {
  org: orgId('acme'),
  addresses: addressesOf('127.0.0.1:8787'),
  clientId: 'c1',
  redirectUri: 'http://127.0.0.1:4180/signed-in',
  returnPath: '/org/acme/live',
}

const ORIGIN = 'http://127.0.0.1:4180'

/** Two windows that can post to each other, as a pop-up and the page that opened it. */
function windowPair() {
  const opener = new EventTarget()
  const opened = new EventTarget()
  const reaching = (target: EventTarget, from: string) => ({
    postMessage: (data: unknown, targetOrigin: string) => {
      if (targetOrigin !== ORIGIN) return
      target.dispatchEvent(new MessageEvent('message', { data, origin: from }))
    },
  })
  return { opener, opened, toOpener: reaching(opener, ORIGIN), toOpened: reaching(opened, ORIGIN) }
}

/** A page that can begin a sign-in, and the page at its redirect address. */
function setup({ isBlocked = false } = {}) {
  const tabs = createTabs()
  const network = answering(() => json({ access_token: 'secret', expires_in: 3600 }))
  const storage = createTabStorage()
  const windows = windowPair()
  const popUp = { location: { href: '' }, close: vi.fn(), ...windows.toOpened }
  const leave = vi.fn<(url: string) => void>()
  const page = {
    crypto,
    open: vi.fn(() => (isBlocked ? null : popUp)),
    storage,
    channel: tabs.open(),
    window: windows.opener,
    origin: ORIGIN,
    isOnline: true,
    leave,
  }
  const shown = async () => {
    await vi.waitFor(() => expect(popUp.location.href).not.toBe(''), 20_000)
    return new URL(popUp.location.href)
  }
  const comeBack = (
    search: string,
    at = createTabStorage(),
    patience = new AbortController().signal,
    way: { channel?: TabChannel; opener?: OtherWindow } = {},
  ) =>
    completeSignIn(network.context, {
      search,
      storage: at,
      channel: tabs.open(),
      window: windows.opened,
      opener: null,
      origin: ORIGIN,
      patience,
      ...way,
    })
  return { ...network, page, popUp, storage, leave, shown, comeBack, windows }
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
  expect(await result).toMatchObject({
    kind: 'refused',
    trouble: {
      kind: 'consentRefused',
      problem: 'Access was refused. The login page answered: Not you.',
      remedy: expect.stringContaining('Sign in again and allow it'),
    },
  })
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
    trouble: { kind: 'storageBarred', remedy: expect.stringContaining('allow one of them') },
  })
})

test('barred storage is told like missing storage', async () => {
  const { context, page } = setup({ isBlocked: true })
  const storage = createTabStorage({ isBarred: true })
  const result = await signIn(context, request, { ...page, storage })
  expect(result).toMatchObject({ kind: 'refused', trouble: { kind: 'storageBarred' } })
})

test('in a frame of another site the pop-up hands its answer to the window that opened it', async () => {
  const { context, page, shown, comeBack, windows } = setup()
  const result = signIn(context, request, page)
  const query = (await shown()).searchParams
  // The browser keeps the frame's channels apart from those of the pop-up.
  const apart = { channel: createTabs().open(), opener: windows.toOpener }
  const search = `?code=abc&state=${query.get('state')}`
  expect(await comeBack(search, undefined, undefined, apart)).toEqual({ kind: 'delivered' })
  expect(await result).toMatchObject({ kind: 'signedIn', token: { accessToken: 'secret' } })
})

test('what a window of another origin says is not heard', async () => {
  const { context, asked, page, shown, windows, stop } = setup()
  const result = signIn(context, request, page)
  const state = (await shown()).searchParams.get('state')
  const data = { kind: 'answer', state, search: `?code=evil&state=${state}` }
  windows.opener.dispatchEvent(
    new MessageEvent('message', { data, origin: 'https://evil.example' }),
  )
  stop(new Error('given up'))
  await expect(result).rejects.toThrow('given up')
  expect(asked).toEqual([])
})

test('a frame is never sent to a login page that would not be shown there', async () => {
  const { context, page, storage } = setup({ isBlocked: true })
  expect(await signIn(context, request, { ...page, leave: null })).toMatchObject({
    kind: 'refused',
    trouble: { kind: 'popUpBlocked', remedy: expect.stringContaining('allow-popups') },
  })
  expect(storage.kept.size).toBe(0)
})

test('a page that came by plain http says so before a window opens', async () => {
  const { context, page } = setup()
  const result = await signIn(context, request, { ...page, crypto: null })
  expect(result).toMatchObject({ kind: 'refused', trouble: { kind: 'insecurePage' } })
  expect(page.open).not.toHaveBeenCalled()
})

test('without a network nobody is sent to a login page, but a simulator here is reached', async () => {
  const { context, page, shown, stop } = setup()
  const offline = { ...page, isOnline: false }
  const region = { ...request, addresses: addressesOf('mypurecloud.de') }
  expect(await signIn(context, region, offline)).toMatchObject({ trouble: { kind: 'offline' } })
  expect(page.open).not.toHaveBeenCalled()
  const here = signIn(context, request, offline)
  await shown()
  stop(new Error('given up'))
  await expect(here).rejects.toThrow('given up')
})

test('a token that has ended by the clock here is told as a clock that is off', async () => {
  const { context, page, shown, comeBack } = setup()
  const reads = [context.now()]
  // The clock is set two hours on as soon as the token's end was reckoned.
  const now = () => reads.pop() ?? later(context.now(), 7_200_000)
  const result = signIn({ ...context, now }, request, page)
  await comeBack(`?code=abc&state=${(await shown()).searchParams.get('state')}`)
  expect(await result).toMatchObject({ kind: 'refused', trouble: { kind: 'clockSkew' } })
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
