/**
 * Why the history is not stored, as the end of a sentence: "History is kept in memory only: …".
 * Says what the user can do where there is something.
 */
export type StorageFailure =
  | { kind: 'unavailable' }
  | { kind: 'blocked' }
  | { kind: 'upgraded' }
  | { kind: 'failed'; cause: unknown }

export function storageFailureReason(failure: StorageFailure): string {
  switch (failure.kind) {
    case 'unavailable':
      return 'this browser offers no database to this page'
    case 'blocked':
      return 'another tab holds an older version of it open; close that tab'
    case 'upgraded':
      return 'a newer Tidemark in another tab took it over; reload this page'
    case 'failed':
      return reasonOf(failure.cause)
  }
}

function reasonOf(cause: unknown): string {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause))
  if (name === 'QuotaExceededError') return 'the storage of this browser is full'
  if (name === 'VersionError') return 'a newer Tidemark wrote it; reload this page'
  if (name === 'SecurityError') return 'this browser does not let this page store anything'
  return `the database failed (${message || name})`
}
