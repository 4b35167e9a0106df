import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, expect, test, vi } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import { epochMs, HOUR_MS, later, orgId } from '#domain/units.ts'
import { historyPages, ORG, START, timesOf, write } from '#testing/historyPages.ts'
import { MIGRATIONS, type Migration } from './historyDb.ts'

afterEach(() => vi.restoreAllMocks())

async function rows(name: string, store: string) {
  const db = await openDB(name)
  const count = await db.count(store)
  db.close()
  return count
}

const refuseWrites = (name: string) => {
  const refused = new DOMException('no room', name)
  return ['put', 'add'].map((method) =>
    vi.spyOn(IDBObjectStore.prototype, method as 'put').mockImplementation(() => {
      throw refused
    }),
  )
}

test('what was written is in the database two seconds later, without being asked', async () => {
  const { open, advance } = historyPages()
  const page = open()
  write(page, START)
  advance(2_000)
  await vi.waitUntil(async () => (await timesOf(open())).length === 1)
})

test('a page that ends without a word loses only what was not flushed, and the next resumes', async () => {
  const { open } = historyPages()
  const crashed = open()
  write(crashed, START)
  await crashed.flushed()
  write(crashed, later(START, 1_000))
  const next = open()
  expect(await timesOf(next)).toEqual([0])
  write(next, later(START, 60_000))
  await next.flushed()
  expect(await timesOf(next)).toEqual([0, 60_000])
})

test('the tail is sorted into hourly chunks and then empty', async () => {
  const { name, open } = historyPages()
  const page = open()
  for (let i = 0; i < 301; i += 1) {
    write(page, later(START, i * 60_000))
    await page.flushed()
  }
  expect(await rows(name, 'chunks')).toBe(6)
  expect(await rows(name, 'tail')).toBeLessThan(150)
  expect(await timesOf(page)).toHaveLength(301)
})

test('two tabs write at once and both see everything', async () => {
  const { open } = historyPages()
  const tabs = [open(), open()] as const
  for (let i = 0; i < 400; i += 1) {
    write(tabs[i % 2]!, later(START, i * 1_000))
    if (i % 2 === 1) await Promise.all(tabs.map((tab) => tab.flushed()))
  }
  const all = Array.from({ length: 400 }, (_, i) => i * 1_000)
  expect(await timesOf(tabs[0])).toEqual(all)
  expect(await timesOf(tabs[1])).toEqual(all)
})

test('a full storage is told, loses nothing on the page, and is offered again a minute later', async () => {
  const { open, advance, now } = historyPages()
  const page = open()
  write(page, START)
  await page.flushed()
  const heard = vi.fn()
  page.subscribe(heard)
  const refusals = refuseWrites('QuotaExceededError')
  write(page, later(START, 1_000))
  await page.flushed()
  expect(page.health()).toEqual({
    kind: 'memory',
    reason: 'the storage of this browser is full',
    since: now(),
  })
  expect(heard).toHaveBeenCalled()
  write(page, later(START, 2_000))
  expect(await timesOf(page)).toEqual([0, 1_000, 2_000])

  for (const refusal of refusals) refusal.mockRestore()
  advance(60_000)
  await vi.waitUntil(() => page.health().kind === 'stored')
  expect(await timesOf(open())).toEqual([0, 1_000, 2_000])
})

test('a database that cannot be opened leaves a history in memory', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('not here', 'SecurityError')
  })
  const { open } = historyPages()
  const page = open()
  write(page, START)
  await page.flushed()
  expect(page.health()).toMatchObject({
    kind: 'memory',
    reason: 'this browser does not let this page store anything',
  })
  expect(await timesOf(page)).toEqual([0])
})

test('a database of a newer Tidemark is left alone', async () => {
  const { name, open } = historyPages()
  const newer = await openDB(name, MIGRATIONS.length + 1)
  newer.close()
  const page = open()
  write(page, START)
  await page.flushed()
  expect(page.health()).toMatchObject({
    kind: 'memory',
    reason: 'a newer Tidemark wrote it; reload this page',
  })
  expect(await timesOf(page)).toEqual([0])
})

test('a newer Tidemark in another tab may upgrade: the older one lets go and says so', async () => {
  const { name, open } = historyPages()
  const older = open()
  write(older, START)
  await older.flushed()
  const newer = await openDB(name, MIGRATIONS.length + 1)
  expect(older.health()).toMatchObject({
    kind: 'memory',
    reason: 'a newer Tidemark in another tab took it over; reload this page',
  })
  write(older, later(START, 1_000))
  expect(await timesOf(older)).toEqual([1_000])
  newer.close()
})

const NOTHING_NEW: Migration = () => undefined

test('behind a tab that will not let go it stays in memory, and is stored once that tab is gone', async () => {
  const { name, open, advance } = historyPages()
  const before = open()
  write(before, START)
  await before.close()
  const held = await openDB(name)
  const page = open({ migrations: [...MIGRATIONS, NOTHING_NEW] })
  write(page, later(START, 1_000))
  await page.flushed()
  expect(page.health()).toMatchObject({
    kind: 'memory',
    reason: 'another tab holds an older version of it open; close that tab',
  })
  expect(await timesOf(page)).toEqual([1_000])
  held.close()
  await vi.waitUntil(() => {
    advance(1)
    return page.health().kind === 'stored'
  })
  expect(await timesOf(page)).toEqual([0, 1_000])
})

test('what an older version kept is there after a migration', async () => {
  const { open } = historyPages()
  const older = open()
  write(older, START)
  await older.close()
  expect(await timesOf(open({ migrations: [...MIGRATIONS, NOTHING_NEW] }))).toEqual([0])
})

test('writes take the place of a timer that a browser holds back', async () => {
  const { open, advance, timers } = historyPages()
  const page = open()
  write(page, START)
  timers.clear()
  advance(10_000)
  write(page, later(START, 10_000))
  await vi.waitUntil(async () => (await timesOf(open())).length === 2)
})

test('of a flood of errors the newest are read, and the samples beside them whole', async () => {
  const { open } = historyPages()
  const page = open()
  const errors = Array.from({ length: 50 }, (_, i) =>
    errorEvent({ at: later(START, i), class: 'capacity', source: 'feed', correlationId: `${i}` }),
  )
  page.write(ORG, observation({ errors }))
  write(page, START)
  await page.flushed()
  const read = await open({ mostErrors: 20 }).read(ORG, epochMs(0), later(START, HOUR_MS))
  expect(read.errors.map(({ at }) => at - START)).toEqual(
    Array.from({ length: 20 }, (_, i) => 30 + i),
  )
  expect(read.samples).toHaveLength(1)
  const other = await open({ mostErrors: 20 }).read(orgId('elm'), epochMs(0), later(START, HOUR_MS))
  expect(other.errors).toEqual([])
})

test('an error stored before places were told is read as of an unknown place', async () => {
  const { name, open } = historyPages()
  const page = open()
  const known = errorEvent({ at: START, class: 'capacity', source: 'feed', place: 'upgrade' })
  page.write(ORG, observation({ errors: [known] }))
  await page.close()
  const db = await openDB(name)
  const { place: _, ...event } = { ...known, at: later(START, 1) }
  await db.put('errors', { org: ORG, at: event.at, identity: 'before', event })
  db.close()
  const { errors } = await open().read(ORG, START, later(START, 10))
  expect(errors.map(({ place }) => place)).toEqual(['upgrade', 'unknown'])
})
