import { expect, test } from 'vitest'
import { epochMs } from '../units.ts'
import type { LimitRequest, NamespaceFacts, RegistryFact } from './registryFact.ts'
import {
  EMPTY_BOOK,
  factsOfBook,
  keyIn,
  readCompletelyAt,
  withRegistryFacts,
} from './registryBook.ts'
import { seenOnce } from './sightings.ts'

const quality = (values: Readonly<Record<string, number>>, at: number): NamespaceFacts => ({
  kind: 'namespace',
  namespace: 'quality',
  title: null,
  answer: { at: epochMs(at), failure: null },
  keys: Object.entries(values).map(([key, value]) => ({
    key,
    effective: seenOnce(value, epochMs(at)),
    defaults: [],
    doc: null,
  })),
})
const refused = (at: number): NamespaceFacts => ({
  ...quality({}, at),
  answer: {
    at: epochMs(at),
    failure: { kind: 'forbidden', reason: 'No.', permission: 'quality:limit:view' },
  },
})
const docs: NamespaceFacts = {
  kind: 'namespace',
  namespace: 'quality',
  title: 'Quality',
  answer: null,
  keys: [
    {
      key: 'a',
      effective: [],
      defaults: seenOnce(40, epochMs(5)),
      doc: { description: 'Evaluations', isConfigurable: true, isTrackable: false },
    },
  ],
}
const request = (id: string, known: Partial<LimitRequest> = {}): LimitRequest => ({
  id,
  namespace: 'quality',
  key: 'a',
  requestedValue: 75,
  currentValue: 50,
  status: 'Open',
  createdAt: epochMs(10),
  completedAt: null,
  rejectReason: null,
  ...known,
})
const requests = (at: number, ...list: LimitRequest[]): RegistryFact => ({
  kind: 'requests',
  answer: { at: epochMs(at), failure: null },
  requests: list,
})

const bookOf = (...facts: RegistryFact[]) =>
  facts.reduce((book, fact) => withRegistryFacts(book, [fact]).book, EMPTY_BOOK)
const key = (name: string) => ({ namespace: 'quality', key: name })

test('values and their documentation come together in one key', () => {
  const book = bookOf(quality({ a: 50 }, 10), docs)
  expect(book.namespaces).toMatchObject([{ title: 'Quality', answer: { at: 10 } }])
  expect(keyIn(book, key('a'))).toMatchObject({
    effective: [{ value: 50 }],
    defaults: [{ value: 40 }],
    doc: { isConfigurable: true },
  })
})

test('a key that is no longer told is seen to be gone; documentation alone does not bring it back', () => {
  const book = bookOf(quality({ a: 50, b: 7 }, 10), quality({ a: 50 }, 20), docs)
  expect(keyIn(book, key('b'))?.effective).toMatchObject([
    { value: 7, lastSeenAt: 10 },
    { value: null, firstSeenAt: 20 },
  ])
  expect(keyIn(book, key('a'))?.effective).toMatchObject([{ value: 50, lastSeenAt: 20 }])
})

test('a namespace that is refused loses nothing of what was known', () => {
  const book = bookOf(quality({ a: 50 }, 10), refused(20))
  expect(book.namespaces[0]?.answer?.failure?.kind).toBe('forbidden')
  expect(keyIn(book, key('a'))?.effective).toMatchObject([{ value: 50, lastSeenAt: 10 }])
})

test('an older reading that comes late takes no key away', () => {
  const book = bookOf(quality({ a: 50, b: 7 }, 20), quality({ a: 50 }, 10))
  expect(keyIn(book, key('b'))?.effective).toMatchObject([{ value: 7, firstSeenAt: 20 }])
})

test('what says nothing new leaves the very same book', () => {
  const book = bookOf(quality({ a: 50 }, 10), docs, requests(10, request('r1')))
  expect(withRegistryFacts(book, factsOfBook(book))).toEqual({ book, news: [] })
  expect(withRegistryFacts(book, factsOfBook(book)).book).toBe(book)
})

test('news are what became of the parts, ready to be kept', () => {
  const first = bookOf(quality({ a: 50, b: 7 }, 10))
  const { news } = withRegistryFacts(first, [quality({ a: 75 }, 20)])
  expect(bookOf(...news)).toEqual(withRegistryFacts(first, [quality({ a: 75 }, 20)]).book)
})

test('a request that falls out of the list stays as it was last told', () => {
  const old = request('r1', { status: 'ChangeImplemented', completedAt: epochMs(30) })
  const book = bookOf(
    requests(40, old, request('r2')),
    requests(50, request('r2', { status: 'Approved' })),
  )
  expect(book.requests.map(({ id, status }) => [id, status])).toEqual([
    ['r1', 'ChangeImplemented'],
    ['r2', 'Approved'],
  ])
  expect(book.requestsAnswer?.at).toBe(50)
})

test('the registry is read completely once every namespace that is known was asked for', () => {
  expect(readCompletelyAt(EMPTY_BOOK)).toBeNull()
  expect(readCompletelyAt(bookOf(docs))).toBeNull()
  expect(readCompletelyAt(bookOf(docs, quality({ a: 1 }, 30)))).toBe(30)
})
