import { horizonsAt } from '#domain/retention.ts'
import type { EpochMs } from '#domain/units.ts'
import { compact } from './compaction.ts'
import { foldErrors } from './errorFolding.ts'
import type { HistoryDatabase } from './historyDb.ts'
import { summariseDays } from './minuteBackfill.ts'
import { removeBefore } from './pruning.ts'

/**
 * Brings the database from the first tier to the second and to its end: what waits in the tail is
 * sorted in, minutes that lack are written, old errors are folded, and only then what is too old is
 * removed. Where one of these fails nothing is removed.
 */
export async function tidy(db: HistoryDatabase, now: EpochMs): Promise<void> {
  const horizons = horizonsAt(now)
  for (const org of new Set((await db.getAll('tail')).map((row) => row.org))) await compact(db, org)
  await summariseDays(db)
  await foldErrors(db, horizons.raw)
  await removeBefore(db, horizons)
}
