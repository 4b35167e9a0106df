import { type DBSchema, openDB } from 'idb'
import type { BundleBase, Draft, DraftFile } from '#domain/incident/draft.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { Observation } from '#domain/observation.ts'

/** A review as it is kept: history is read anew, so only its organisation is. */
export type StoredDraft = Omit<Draft, 'base'> & {
  version: 1
  base: { kind: 'none' } | { kind: 'history' } | BundleBase
}

/** Where reviews outlive the page. Methods reject where the browser keeps nothing. */
export type DraftStore = {
  load: (key: string) => Promise<StoredDraft | null>
  save: (key: string, draft: StoredDraft) => Promise<void>
}

/** What of a draft is large and never changes: what a file told, the incident of a bundle. */
type Part = Observation | Incident
type PartKey = [draft: string, id: string]

/** A draft with its parts beside it: a note is then written in a moment, however much lies on the desk. */
type KeptDraft = Omit<StoredDraft, 'files' | 'base'> & {
  files: readonly (Omit<DraftFile, 'observation'> & { part: string })[]
  base: Exclude<StoredDraft['base'], BundleBase> | (Omit<BundleBase, 'incident'> & { part: string })
}

interface Drafts extends DBSchema {
  drafts: { key: string; value: KeptDraft }
  parts: { key: PartKey; value: Part }
}

const NAME = 'tidemark-reviews'

/** Not `randomUUID`, which a page without TLS has not. */
const newId = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')

/** Under which id a part is kept. */
const ids = new WeakMap<Part, string>()
/** The parts that each draft has in the database, as far as this page wrote or read them: they are written once. */
const written = new Map<string, ReadonlySet<string>>()

/** Reviews in IndexedDB, one per organisation and one of files alone. */
export const indexedDbDrafts: DraftStore = {
  load: (key) =>
    within(async (db) => {
      const reading = db.transaction(['drafts', 'parts'])
      const kept = await reading.objectStore('drafts').get(key)
      if (!kept) return null
      const parts = reading.objectStore('parts')
      const partOf = async <T extends Part>(id: string) => {
        const part = (await parts.get([key, id])) as T | undefined
        if (!part) throw new Error('a part of it is missing')
        ids.set(part, id)
        return part
      }
      const { files, base, ...rest } = kept
      const whole = {
        ...rest,
        base: await wholeBase(base, partOf<Incident>),
        files: await Promise.all(
          files.map(async ({ part, ...file }) => ({
            ...file,
            observation: await partOf<Observation>(part),
          })),
        ),
      }
      const inBase = base.kind === 'bundle' ? [base.part] : []
      written.set(key, new Set([...inBase, ...files.map(({ part }) => part)]))
      return whole
    }),
  save: (key, draft) =>
    within(async (db) => {
      const { files, base, ...rest } = draft
      const before = written.get(key)
      // Until it is known how this went, nothing is known to be there.
      written.delete(key)
      const writing = db.transaction(['drafts', 'parts'], 'readwrite')
      const parts = new Map<string, Part>()
      const writes: Promise<unknown>[] = []
      const partOf = (part: Part) => {
        const id = ids.get(part) ?? newId()
        ids.set(part, id)
        parts.set(id, part)
        if (!before?.has(id)) writes.push(writing.objectStore('parts').put(part, [key, id]))
        return id
      }
      const kept: KeptDraft = {
        ...rest,
        base: base.kind === 'bundle' ? inParts(base, partOf) : base,
        files: files.map(({ observation, ...file }) => ({ ...file, part: partOf(observation) })),
      }
      writes.push(writing.objectStore('drafts').put(kept, key))
      // At once: a page that is left now has kept it all the same.
      writing.commit()
      await Promise.all([...writes, writing.done])
      await tidy(db, key, parts)
      written.set(key, new Set(parts.keys()))
    }),
}

/**
 * Takes away the parts that a draft has no more, and writes those again that were written once and are gone:
 * another tab took them off.
 */
async function tidy(db: Db, key: string, parts: ReadonlyMap<string, Part>) {
  const writing = db.transaction('parts', 'readwrite')
  const keys = await writing.store.getAllKeys(IDBKeyRange.bound([key], [key, []]))
  const there = new Set(keys.map(([, id]) => id))
  await Promise.all([
    ...keys.filter(([, id]) => !parts.has(id)).map((one) => writing.store.delete(one)),
    ...[...parts]
      .filter(([id]) => !there.has(id))
      .map(([id, part]) => writing.store.put(part, [key, id])),
    writing.done,
  ])
}

type Db = Awaited<ReturnType<typeof open>>

async function wholeBase(
  base: KeptDraft['base'],
  partOf: (id: string) => Promise<Incident>,
): Promise<StoredDraft['base']> {
  if (base.kind !== 'bundle') return base
  const { part, ...rest } = base
  return { ...rest, incident: await partOf(part) }
}

function inParts({ incident, ...base }: BundleBase, partOf: (part: Part) => string) {
  return { ...base, part: partOf(incident) }
}

/** A connection of its own for each use, so that no tab stands in another's way. */
async function within<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const db = await open()
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

/** Version 1 kept drafts in one piece, and was never given to anybody. */
const open = () =>
  openDB<Drafts>(NAME, 2, {
    upgrade(db, before) {
      if (before === 1) db.deleteObjectStore('drafts')
      db.createObjectStore('drafts')
      db.createObjectStore('parts')
    },
  })
