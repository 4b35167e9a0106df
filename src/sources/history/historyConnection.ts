import { type HistoryDatabase, type Migration, openHistoryDb } from './historyDb.ts'
import { type StorageFailure, storageFailureReason } from './storageFailure.ts'

/** A connection that could not be had, with the reason in the words of the screen. */
export class HistoryUnavailable extends Error {
  override readonly name = 'HistoryUnavailable'
}

const unavailable = (failure: StorageFailure) =>
  new HistoryUnavailable(storageFailureReason(failure))

/**
 * The one connection of a page to the history's database, opened when first needed and again after
 * a failure. While another tab blocks it, `open` rejects at once instead of waiting.
 */
export function createHistoryConnection(
  name: string,
  migrations: readonly Migration[],
  heard: { onFailure: (reason: string) => void; onReady: () => void },
) {
  let opening: Promise<HistoryDatabase> | null = null
  let database: HistoryDatabase | null = null
  let isUpgradedElsewhere = false
  let isBlocked = false

  function start(): Promise<HistoryDatabase> {
    if (typeof indexedDB === 'undefined')
      return Promise.reject(unavailable({ kind: 'unavailable' }))
    if (isUpgradedElsewhere) return Promise.reject(unavailable({ kind: 'upgraded' }))
    if (isBlocked) return Promise.reject(unavailable({ kind: 'blocked' }))
    return new Promise((resolve, reject) => {
      openHistoryDb(name, migrations, {
        onBlocked: () => {
          isBlocked = true
          reject(unavailable({ kind: 'blocked' }))
        },
        onLost: lost,
      }).then((db) => {
        database = db
        resolve(db)
        if (!isBlocked) return
        isBlocked = false
        opening = Promise.resolve(db)
        heard.onReady()
      }, reject)
    })
  }

  function lost(why: 'upgraded' | 'terminated') {
    database = null
    opening = null
    isUpgradedElsewhere = why === 'upgraded'
    if (isUpgradedElsewhere) heard.onFailure(storageFailureReason({ kind: 'upgraded' }))
  }

  return {
    /** The open database. Rejects where there is none to be had now; `reasonOf` words it. */
    open: async (): Promise<HistoryDatabase> => {
      opening ??= start()
      try {
        return await opening
      } catch (cause) {
        // The next caller tries again.
        if (!database) opening = null
        throw cause
      }
    },
    isOpen: () => database !== null,
    reasonOf: (cause: unknown) =>
      cause instanceof HistoryUnavailable
        ? cause.message
        : storageFailureReason({ kind: 'failed', cause }),
    close: () => {
      database?.close()
      database = null
      opening = null
    },
  }
}
