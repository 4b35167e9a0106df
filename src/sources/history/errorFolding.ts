import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { errorsPerMinute, kindOfError, withLateCount } from '#domain/errors/errorsPerMinute.ts'
import { epochMs, type EpochMs, MINUTE_MS, type OrgId } from '#domain/units.ts'
import type { HistoryDatabase } from './historyDb.ts'
import type { StoreOf } from './minuteChunks.ts'
import { errorFromStore } from './storedError.ts'

/** So much is folded in one transaction: a flood must not fill the memory. */
const SPAN_MS = 10 * MINUTE_MS

const minuteOf = (at: number) => epochMs(Math.floor(at / MINUTE_MS) * MINUTE_MS)

/**
 * Puts the error events of whole minutes before an instant together, one per minute and kind, and
 * takes the single ones away.
 */
export async function foldErrors(db: HistoryDatabase, before: EpochMs): Promise<void> {
  const end = minuteOf(before)
  for (;;) {
    const tx = db.transaction(['errors', 'foldedErrors'], 'readwrite')
    const byAge = tx.objectStore('errors').index('byAge')
    const oldest = await byAge.openKeyCursor(IDBKeyRange.upperBound(end, true))
    if (!oldest) return tx.done
    const from = minuteOf(oldest.key)
    const span = IDBKeyRange.bound(from, Math.min(end, from + SPAN_MS), false, true)
    const [rows, keys] = await Promise.all([byAge.getAll(span), byAge.getAllKeys(span)])
    const events = new Map<OrgId, ErrorEvent[]>()
    for (const { org, event } of rows)
      events.set(org, [...(events.get(org) ?? []), errorFromStore(event)])
    const folded = tx.objectStore('foldedErrors')
    await Promise.all([
      ...[...events].flatMap(([org, own]) =>
        errorsPerMinute(own).map((event) => addFolded(folded, org, event)),
      ),
      ...keys.map((key) => tx.objectStore('errors').delete(key)),
      tx.done,
    ])
  }
}

async function addFolded(
  store: StoreOf<'foldedErrors', 'readwrite'>,
  org: OrgId,
  event: ErrorEvent,
) {
  const identity = kindOfError(event)
  const known = (await store.get([org, event.at, identity]))?.event.count ?? 0
  const count = withLateCount(known, event.count)
  await store.put({ org, at: event.at, identity, event: { ...event, count } })
}
