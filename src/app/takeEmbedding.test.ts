import { expect, test, vi } from 'vitest'
import { orgId } from '#domain/units.ts'
import { createTabStorage } from '#testing/tabs.ts'
import { embeddedStart, takeEmbedding } from './takeEmbedding.ts'

const SAID = 'gcHostOrigin=https%3A%2F%2Fapps.mypurecloud.de&gcTargetEnv=prod-euc1'
const FRANKFURT = { domain: 'mypurecloud.de', problem: null }

function setup({ isBarred = false } = {}) {
  const replaceState = vi.fn()
  const storage = createTabStorage({ isBarred })
  const take = (search: string, pathname = '/') =>
    takeEmbedding({ pathname, search, hash: '' }, { replaceState }, storage)
  return { take, replaceState, storage }
}

test('what Genesys Cloud said leaves the address, and the rest of it stays', () => {
  const { take, replaceState } = setup()
  expect(take(`?w=3h&${SAID}`, '/org/alder/live')).toEqual(FRANKFURT)
  expect(replaceState).toHaveBeenCalledExactlyOnceWith(null, '', '/org/alder/live?w=3h')
})

test('it is known again after the login page sent the whole page back, and after a reload', () => {
  const { take, replaceState } = setup()
  take(`?${SAID}`)
  expect(take('?code=abc&state=s1', '/signed-in')).toEqual(FRANKFURT)
  expect(take('', '/connect')).toEqual(FRANKFURT)
  expect(replaceState).toHaveBeenCalledOnce()
})

test('what was said and is not known stays said', () => {
  const { take } = setup()
  take('?gcTargetEnv=prod-mars1')
  expect(take('')).toEqual({ domain: null, problem: expect.stringContaining('prod-mars1') })
})

test('where storage is barred the address keeps it', () => {
  const { take, replaceState } = setup({ isBarred: true })
  expect(take(`?${SAID}`)).toEqual(FRANKFURT)
  expect(take('')).toBeNull()
  expect(replaceState).not.toHaveBeenCalled()
})

test('a page that nobody embedded says nothing and is left alone', () => {
  const { take, replaceState, storage } = setup()
  expect(take('?w=3h')).toBeNull()
  expect(replaceState).not.toHaveBeenCalled()
  expect(storage.kept.size).toBe(0)
})

const alder = { id: orgId('alder'), domain: 'mypurecloud.de' }
const elm = { id: orgId('elm'), domain: 'mypurecloud.ie' }
const oak = { id: orgId('oak'), domain: 'mypurecloud.de' }

test('the only organisation of the region is opened at once', () => {
  expect(embeddedStart(FRANKFURT, '/', [elm, alder])).toBe('/org/alder/live')
})

test.each([
  ['two of them', FRANKFURT, '/', [alder, oak]],
  ['none of them', FRANKFURT, '/', [elm]],
  ['another screen that was asked for', FRANKFURT, '/settings', [alder]],
  ['an unknown region', { domain: null, problem: 'x' }, '/', [alder]],
  ['no frame', null, '/', [alder]],
] as const)('with %s the page stays where it is', (_, embedding, pathname, organisations) => {
  expect(embeddedStart(embedding, pathname, organisations)).toBeNull()
})
