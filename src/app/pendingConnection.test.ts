import { expect, test } from 'vitest'
import { orgId } from '#domain/units.ts'
import { organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { keepConnecting, takeConnecting } from './pendingConnection.ts'

const alder = organisationConfig({
  id: orgId('alder'),
  name: 'Alder',
  domain: 'mypurecloud.de',
  clientId: 'client',
  feed: { url: 'https://feed.example.com', organisation: null },
})

function setup(stored: Record<string, string> = {}) {
  const items = new Map(Object.entries(stored))
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}

test('what is being connected comes back once, with its feed', () => {
  const storage = setup()
  keepConnecting(storage, alder)
  expect(takeConnecting(storage, alder.id)).toEqual(alder)
  expect(takeConnecting(storage, alder.id)).toBeNull()
})

test('the sign-in of another organisation takes nothing and leaves nothing behind', () => {
  const storage = setup()
  keepConnecting(storage, alder)
  expect(takeConnecting(storage, orgId('elm'))).toBeNull()
  expect(takeConnecting(storage, alder.id)).toBeNull()
})

test.each(['', 'null', '{', '[]', '{"version":1,"organisations":[{"id":"../x"}]}'])(
  'stored text that is none of ours is nothing: %s',
  (text) => {
    expect(takeConnecting(setup({ 'tidemark:connecting': text }), alder.id)).toBeNull()
  },
)

test('barred storage is nothing', () => {
  const barred = () => {
    throw new DOMException('barred', 'SecurityError')
  }
  const storage = { getItem: barred, setItem: barred, removeItem: barred }
  expect(takeConnecting(storage, alder.id)).toBeNull()
})
