import { expect, test } from 'vitest'
import { someMetric } from '#testing/someMetric.ts'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import { epochMs } from '../units.ts'
import { limitJournal } from './limitJournal.ts'
import { NO_LIMIT_SETTINGS, type LimitSettings } from './limitSettings.ts'
import { EMPTY_BOOK, type RegistryBook, withRegistryFacts } from './registryBook.ts'
import type { LimitRequest } from './registryFact.ts'
import { mergedSightings, seenOnce, type Sightings } from './sightings.ts'

const open = someMetric('open')
const KEY = { namespace: 'web.messaging', key: 'rate' }

const seen = (...looks: readonly [number, number][]) =>
  looks.reduce<Sightings>(
    (known, [value, at]) => mergedSightings(known, seenOnce(value, epochMs(at))),
    [],
  )
const request = (known: Partial<LimitRequest>): LimitRequest => ({
  ...KEY,
  id: 'r1',
  requestedValue: 2,
  currentValue: 1,
  status: 'ChangeImplemented',
  createdAt: epochMs(5),
  completedAt: epochMs(25),
  rejectReason: null,
  ...known,
})
const bookOf = (effective: Sightings, defaults: Sightings, ...requests: LimitRequest[]) =>
  withRegistryFacts(EMPTY_BOOK, [
    {
      kind: 'namespace',
      namespace: KEY.namespace,
      title: null,
      answer: { at: epochMs(30), failure: null },
      keys: [{ key: KEY.key, effective, defaults, doc: null }],
    },
    { kind: 'requests', answer: { at: epochMs(30), failure: null }, requests },
  ]).book

const journalOf = (
  book: RegistryBook,
  settings: LimitSettings = NO_LIMIT_SETTINGS,
  told: LimitSteps = [],
) => limitJournal({ book, metrics: [open], told: new Map([[open.id, told]]), settings })

const kinds = (journal: ReturnType<typeof journalOf>) =>
  journal.map(({ from, to, explanation }) => [from, to, explanation.kind])

test('a change that a request explains, one that nothing explains', () => {
  const changed = seen([1, 10], [2, 30])
  expect(kinds(journalOf(bookOf(changed, [], request({}))))).toEqual([[1, 2, 'request']])
  expect(kinds(journalOf(bookOf(changed, [])))).toEqual([[1, 2, 'unexplained']])
})

test('a value that moves with the default of the platform is explained by it, and told once', () => {
  const both = bookOf(seen([1, 10], [2, 30]), seen([1, 8], [2, 28]))
  expect(kinds(journalOf(both))).toEqual([[1, 2, 'default']])
})

test('a default that moves alone is told, too', () => {
  const [entry] = journalOf(bookOf(seen([50, 10], [50, 30]), seen([1, 8], [2, 28])))
  expect(entry).toMatchObject({ kind: 'default', from: 1, to: 2, firstSeenAt: 28 })
})

test('requests that are open or turned down stand where they were made', () => {
  const asked = [
    request({ id: 'r2', status: 'Pending', completedAt: null, createdAt: epochMs(40) }),
    request({ id: 'r3', status: 'Rejected', completedAt: epochMs(12), createdAt: epochMs(6) }),
  ]
  const journal = journalOf(bookOf(seen([1, 10]), [], ...asked))
  expect(journal.map(({ kind, id, latest }) => [kind, id, latest])).toEqual([
    ['requested', 'request:r2', 40],
    ['requested', 'request:r3', 6],
  ])
})

test('a typed limit says what it took the place of, and what came after it', () => {
  const limit = {
    metric: open.id,
    value: 700,
    from: epochMs(20),
    until: epochMs(50),
    author: 'Ada',
    setAt: epochMs(45),
    note: '',
  }
  const told: LimitSteps = [{ from: epochMs(0), value: 1000, source: 'feed' }]
  expect(journalOf(EMPTY_BOOK, { limitKeys: {}, manualLimits: [limit] }, told)).toMatchObject([
    { from: 700, to: 1000, latest: 50, explanation: { kind: 'manual', hasEnded: true } },
    { from: 1000, to: 700, latest: 20, firstSeenAt: 45, explanation: { hasEnded: false } },
  ])
})

test('what a source says of its own metric is told, a capacity that comes with each value is not', () => {
  const steps = (source: string): LimitSteps => [
    { from: epochMs(0), value: 1000, source },
    { from: epochMs(10), value: null, source: 'no reply' },
    { from: epochMs(20), value: 1500, source },
  ]
  expect(journalOf(EMPTY_BOOK, NO_LIMIT_SETTINGS, steps('feed'))).toMatchObject([
    { metric: 'open', from: 1000, to: 1500, explanation: { kind: 'source', source: 'feed' } },
  ])
  expect(journalOf(EMPTY_BOOK, NO_LIMIT_SETTINGS, steps('told with the value'))).toEqual([])
})

test('an entry names the metric that its key limits, newest first, with ids that stay', () => {
  const settings = { limitKeys: { [open.id]: KEY }, manualLimits: [] }
  const book = bookOf(seen([1, 10], [2, 30], [3, 50]), [])
  const journal = journalOf(book, settings)
  expect(journal.map(({ to, metric }) => [to, metric])).toEqual([
    [3, 'open'],
    [2, 'open'],
  ])
  const later = withRegistryFacts(book, [
    {
      kind: 'namespace',
      namespace: KEY.namespace,
      title: null,
      answer: { at: epochMs(70), failure: null },
      keys: [{ key: KEY.key, effective: seenOnce(3, epochMs(70)), defaults: [], doc: null }],
    },
  ]).book
  expect(journalOf(later, settings).map(({ id }) => id)).toEqual(journal.map(({ id }) => id))
})

test('one number of the documentation that the organisation replaces by its own has not changed', () => {
  const told: LimitSteps = [
    { from: epochMs(10), value: 300, source: 'documented for one token' },
    { from: epochMs(11), value: 180, source: 'inin-ratelimit-allowed' },
    { from: epochMs(50), value: 240, source: 'inin-ratelimit-allowed' },
  ]
  expect(kinds(journalOf(EMPTY_BOOK, NO_LIMIT_SETTINGS, told))).toEqual([[180, 240, 'source']])
})

test('a key that two metrics show is told once, of the one that is watched all the time', () => {
  const watched = someMetric('connections', { limitKey: KEY })
  const nearly = someMetric('pressure', { limitKey: KEY, intervalMs: null })
  const told: LimitSteps = [
    { from: epochMs(5), value: 1, source: 'feed' },
    { from: epochMs(26), value: 2, source: 'feed' },
  ]
  const journal = limitJournal({
    book: bookOf(seen([1, 10], [2, 30]), [], request({})),
    metrics: [watched, nearly],
    told: new Map([[watched.id, told]]),
    settings: NO_LIMIT_SETTINGS,
  })
  expect(journal.map(({ metric, to }) => [metric, to])).toEqual([['connections', 2]])
})
