import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { JournalEntry } from '#domain/limits/limitJournal.ts'
import type { RejudgedView, Rejudging } from '#monitor/limits/rejudging.ts'

/**
 * What a limit that was learnt late has moved, for one line of the journal: worked out once `isWanted`,
 * off the main thread, and then known for as long as `rejudging` lives. Null: not asked, or nothing to
 * judge anew.
 */
export function useRejudged(
  rejudging: Rejudging,
  entry: JournalEntry,
  isWanted: boolean,
): RejudgedView | null {
  useEffect(() => {
    if (isWanted) rejudging.ask(entry)
  }, [rejudging, entry, isWanted])
  return useSyncExternalStore(
    rejudging.subscribe,
    useCallback(() => rejudging.view(entry.id), [rejudging, entry.id]),
  )
}
