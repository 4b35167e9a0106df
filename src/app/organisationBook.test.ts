import { expect, test, vi } from 'vitest'
import { orgId } from '#domain/units.ts'
import { organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { createOrganisationBook } from './organisationBook.ts'

const alder = organisationConfig({ id: orgId('alder'), name: 'Alder', domain: 'mypurecloud.de' })
const elm = organisationConfig({ id: orgId('elm'), name: 'Elm', domain: 'mypurecloud.ie' })

function setup(stored = new Map<string, string>()) {
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  }
  const heard = { changed: vi.fn(), problem: vi.fn() }
  return { book: createOrganisationBook(storage, heard), heard, stored, storage }
}

test('what one page keeps the next one finds', () => {
  const { book, stored } = setup()
  book.put(alder)
  book.put(elm)
  book.put({ ...alder, name: 'Alder Retail' })
  const next = setup(stored).book
  expect(next.all().map(({ name }) => name)).toEqual(['Alder Retail', 'Elm'])
  next.drop(alder.id)
  expect(setup(stored).book.of(alder.id)).toBeNull()
})

test('what another tab saved is seen after a reload', () => {
  const first = setup()
  setup(first.stored).book.put(elm)
  expect(first.book.of(elm.id)).toBeNull()
  first.book.reload()
  expect(first.book.of(elm.id)).toEqual(elm)
  expect(first.heard.changed).toHaveBeenCalled()
})

test('settings that cannot be read are told of, and what is at hand stays', () => {
  const { book, heard, stored } = setup()
  book.put(alder)
  for (const key of stored.keys()) stored.set(key, 'no settings')
  book.reload()
  expect(heard.problem).toHaveBeenCalledWith(expect.stringContaining('cannot be read'))
  expect(book.of(alder.id)).toEqual(alder)
})

test('a storage that refuses loses nothing on this page, and says so', () => {
  const { book, heard, storage } = setup()
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  book.put(alder)
  expect(book.of(alder.id)).toEqual(alder)
  expect(heard.problem).toHaveBeenCalledWith(expect.stringContaining('did not save'))
})
