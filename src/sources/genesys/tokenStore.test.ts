import { expect, test, vi } from 'vitest'
import { epochMs, later, orgId } from '#domain/units.ts'
import { createTabs, createTabStorage } from '#testing/tabs.ts'
import { createTokenStore, type Token } from './tokenStore.ts'

const START = epochMs(Date.UTC(2026, 2, 2, 9))
const HOUR = 3_600_000

const token = (accessToken = 'secret-1', expiresAt = later(START, HOUR)): Token => ({
  accessToken,
  expiresAt,
  refreshToken: null,
})

function setup() {
  const tabs = createTabs()
  let at = START
  return {
    pass: (byMs: number) => {
      at = later(at, byMs)
    },
    openTab: (storage = createTabStorage(), org = 'acme') => ({
      storage,
      store: createTokenStore({ org: orgId(org), storage, channel: tabs.open(), now: () => at }),
    }),
    tabs,
  }
}

test('a reload finds the token of its tab again', () => {
  const { openTab } = setup()
  const { store, storage } = openTab()
  store.set(token())
  store.close()
  expect(openTab(storage).store.get()).toEqual(token())
})

test('a new tab is handed the token of another', () => {
  const { openTab } = setup()
  openTab().store.set(token())
  const { store, storage } = openTab()
  expect(store.get()).toEqual(token())
  expect(storage.kept.size).toBe(1)
})

test('a sign-in and a sign-out reach every tab, and those who listen hear of it', () => {
  const { openTab } = setup()
  const [one, two] = [openTab().store, openTab().store]
  const hear = vi.fn()
  two.subscribe(hear)
  one.set(token())
  expect(two.get()).toEqual(token())
  one.set(null)
  expect(two.get()).toBeNull()
  expect(hear).toHaveBeenCalledTimes(2)
})

test('a signed-out tab forgets the token for good', () => {
  const { openTab } = setup()
  const { store, storage } = openTab()
  store.set(token())
  store.set(null)
  expect(storage.kept.size).toBe(0)
})

test('tokens of other organisations are not taken', () => {
  const { openTab } = setup()
  openTab().store.set(token())
  expect(openTab(createTabStorage(), 'globex').store.get()).toBeNull()
})

test('an expired token is none, neither here nor for a tab that asks', () => {
  const { openTab, pass } = setup()
  const { store, storage } = openTab()
  store.set(token())
  pass(HOUR)
  expect(store.get()).toBeNull()
  expect(openTab().store.get()).toBeNull()
  expect(openTab(storage).store.get()).toBeNull()
})

test('a tab with a token keeps its own when another answers', () => {
  const { openTab, tabs } = setup()
  const { store } = openTab()
  store.set(token('mine'))
  tabs.open().postMessage({ kind: 'answers', name: 'tidemark:token:acme', secret: token('theirs') })
  expect(store.get()?.accessToken).toBe('mine')
})

test.each([
  'not json',
  '{}',
  '{"accessToken":"","expiresAt":4e12,"refreshToken":null}',
  '{"accessToken":"x","expiresAt":"soon","refreshToken":null}',
  'null',
])('a stored %s is no token and is removed', (stored) => {
  const { openTab } = setup()
  const storage = createTabStorage()
  storage.setItem('tidemark:token:acme', stored)
  expect(openTab(storage).store.get()).toBeNull()
  expect(storage.kept.size).toBe(0)
})

test.each([
  null,
  'hello',
  { kind: 'answers', name: 'tidemark:token:acme', secret: { accessToken: 1 } },
  { kind: 'shouts', name: 'tidemark:token:acme', secret: token() },
  { kind: 'changed', name: 'another', secret: token() },
])('a message %j on the channel changes nothing', (message) => {
  const { openTab, tabs } = setup()
  const { store } = openTab()
  tabs.open().postMessage(message)
  expect(store.get()).toBeNull()
})

test('without session storage the token lives in memory', () => {
  const { openTab } = setup()
  const { store } = openTab(createTabStorage({ isBarred: true }))
  store.set(token())
  expect(store.get()).toEqual(token())
})
