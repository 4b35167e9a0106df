import { type DBSchema, openDB } from 'idb'
import type { Draft } from '#domain/incident/draft.ts'

/** A review as it is kept: history is read anew, so only its organisation is. */
export type StoredDraft = Omit<Draft, 'base'> & {
  version: 1
  base: { kind: 'none' } | { kind: 'history' } | Extract<Draft['base'], { kind: 'bundle' }>
}

/** Where reviews outlive the page. Methods reject where the browser keeps nothing. */
export type DraftStore = {
  load: (key: string) => Promise<StoredDraft | null>
  save: (key: string, draft: StoredDraft) => Promise<void>
}

interface Drafts extends DBSchema {
  drafts: { key: string; value: StoredDraft }
}

const NAME = 'tidemark-reviews'

/** Reviews in IndexedDB, one per organisation and one of files alone. */
export const indexedDbDrafts: DraftStore = {
  load: (key) => within(async (db) => (await db.get('drafts', key)) ?? null),
  save: (key, draft) =>
    within(async (db) => {
      await db.put('drafts', draft, key)
    }),
}

/** A connection of its own for each use, so that no tab stands in another's way. */
async function within<T>(work: (db: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const db = await open()
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

const open = () => openDB<Drafts>(NAME, 1, { upgrade: (db) => void db.createObjectStore('drafts') })
