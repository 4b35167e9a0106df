import { statSync } from 'node:fs'
import { type DisplayKey, hashOf, KeyFileError, readKeys } from './keyFile.ts'

/** Which keys may read the feed, as the file says at this moment. */
export type DisplayKeys = {
  /** The name of the key; null for a text that is none, or none any more. */
  nameOf: (text: string) => string | null
}

/**
 * Keys of a file that may change while a server runs: a key that was revoked opens nothing from the next
 * request on. While the file cannot be read no key is good, and `problem` hears why, once a change.
 */
export function createDisplayKeys(path: string, problem: (sentence: string) => void): DisplayKeys {
  let stamp: string | null = null
  let byHash = new Map<string, DisplayKey>()

  function refresh() {
    const now = stampOf(path)
    if (now === stamp) return
    stamp = now
    byHash = new Map()
    try {
      byHash = new Map(readKeys(path).map((key) => [key.hash, key]))
    } catch (error) {
      if (!(error instanceof KeyFileError)) throw error
      problem(`${error.message}; no display key is accepted`)
    }
  }

  return {
    nameOf(text) {
      refresh()
      // The time of a look-up by hash tells of the hash alone, from which no key can be made.
      return byHash.get(hashOf(text))?.name ?? null
    },
  }
}

/** Changes with the file; a file that is replaced has another inode. */
function stampOf(path: string): string {
  const about = statSync(path, { throwIfNoEntry: false })
  return about ? `${about.ino} ${about.size} ${about.mtimeMs}` : 'none'
}
