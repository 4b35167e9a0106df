import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, test } from 'vitest'
import { EMPTY_DRAFT } from '#domain/incident/draft.ts'
import { observation } from '#domain/observation.ts'
import { durationMs, metricId } from '#domain/units.ts'
import { someIncident } from '#testing/someIncident.ts'
import { indexedDbDrafts, type StoredDraft } from './draftStore.ts'

const empty: StoredDraft = { ...EMPTY_DRAFT, version: 1, zone: 'UTC', base: { kind: 'none' } }
const [, source] = someIncident().sources
const fileOf = (id: string): StoredDraft['files'][number] => ({
  source: { ...source!, id },
  observation: observation({
    samples: [
      {
        metric: metricId(id),
        series: { timeMs: Float64Array.of(1, 2), value: Float64Array.of(3, 4) },
      },
    ],
  }),
})
const seal = { name: 'a.html', fingerprint: 'f', changed: [], storedReport: '{}' }

async function partsOf(key: string) {
  const db = await openDB('tidemark-reviews')
  const keys = await db.getAllKeys('parts', IDBKeyRange.bound([key], [key, []]))
  db.close()
  return keys
}

test('a review comes back as it was kept, its files and its bundle with it', async () => {
  const base = { kind: 'bundle', incident: someIncident(), seal } as const
  const draft = { ...empty, base, title: 'Run 7', files: [fileOf('a'), fileOf('b')] }
  await indexedDbDrafts.save('whole', draft)
  expect(await indexedDbDrafts.load('whole')).toEqual(draft)
  expect(await indexedDbDrafts.load('another')).toBeNull()
})

test('what lies on the desk is written once, however often a note or a clock changes', async () => {
  const files = [fileOf('a')]
  await indexedDbDrafts.save('once', { ...empty, files })
  const before = await partsOf('once')
  const clock = { ...source!.clock, movedMs: durationMs(500) }
  const moved = files.map((file) => ({ ...file, source: { ...file.source, clock } }))
  await indexedDbDrafts.save('once', { ...empty, files: moved, title: 'Run 8' })
  expect(await partsOf('once')).toEqual(before)
  const loaded = (await indexedDbDrafts.load('once'))!
  expect(loaded).toMatchObject({ title: 'Run 8', files: [{ source: { clock } }] })
  await indexedDbDrafts.save('once', loaded)
  expect(await partsOf('once')).toEqual(before)
})

test('what is taken off is kept no longer, and is there again when it comes back', async () => {
  const [a, b] = [fileOf('a'), fileOf('b')]
  await indexedDbDrafts.save('off', { ...empty, files: [a, b] })
  await indexedDbDrafts.save('off', { ...empty, files: [b] })
  expect(await partsOf('off')).toHaveLength(1)
  await indexedDbDrafts.save('off', { ...empty, files: [a, b] })
  expect((await indexedDbDrafts.load('off'))!.files).toEqual([a, b])
})

test('reviews of two organisations do not touch each other', async () => {
  const file = fileOf('a')
  await indexedDbDrafts.save('org', { ...empty, files: [file] })
  await indexedDbDrafts.save('org2', { ...empty, files: [file] })
  await indexedDbDrafts.save('org', empty)
  expect((await indexedDbDrafts.load('org2'))!.files).toEqual([file])
})

test('what another tab took away is written again by the next change', async () => {
  const draft = { ...empty, files: [fileOf('a')] }
  await indexedDbDrafts.save('tabs', draft)
  const db = await openDB('tidemark-reviews')
  await db.clear('parts')
  db.close()
  await expect(indexedDbDrafts.load('tabs')).rejects.toThrow(/a part of it is missing/)
  await indexedDbDrafts.save('tabs', { ...draft, title: 'Run 8' })
  expect(await indexedDbDrafts.load('tabs')).toMatchObject({ title: 'Run 8', files: draft.files })
})
