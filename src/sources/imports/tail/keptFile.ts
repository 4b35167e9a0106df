import { type DBSchema, openDB } from 'idb'
import type { OrgId } from '#domain/units.ts'

/** What of a followed file outlives the page: the browser's handle of it, never its content. */
type KeptFile = { org: OrgId; handle: FileSystemFileHandle }

interface KeptFiles extends DBSchema {
  files: { key: OrgId; value: KeptFile }
}

const NAME = 'tidemark-followed'

/** A connection of its own for each use: a file is kept once per test, and no tab stands in another's way. */
async function within<T>(work: (db: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const db = await open()
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

const open = () =>
  openDB<KeptFiles>(NAME, 1, {
    upgrade: (db) => void db.createObjectStore('files', { keyPath: 'org' }),
  })

/** Remembers the file that is followed beside an organisation, in place of an earlier one. */
export const keepFile = (org: OrgId, handle: FileSystemFileHandle) =>
  within((db) => db.put('files', { org, handle }))

/** The file that was last followed beside an organisation; null where there is none. */
export const keptFile = async (org: OrgId): Promise<FileSystemFileHandle | null> =>
  within(async (db) => (await db.get('files', org))?.handle ?? null)

/** Forgets the file of an organisation. Where nothing can be kept, which `keepFile` tells, there is none. */
export const forgetFile = (org: OrgId): Promise<void> =>
  within((db) => db.delete('files', org)).catch(() => undefined)
