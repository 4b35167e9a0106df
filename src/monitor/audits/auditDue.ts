import { type DurationMs, type EpochMs, HOUR_MS, later, MINUTE_MS } from '#domain/units.ts'

/** What an organisation that was never audited is given, so that its first minutes are for its charts. */
const FIRST_AFTER_MS = 5 * MINUTE_MS

type Known = {
  /** How often; null for never. */
  everyMs: DurationMs | null
  /** The newest audit that is kept; null where there is none. */
  lastAt: EpochMs | null
  /** When this page began to watch. */
  startedAt: EpochMs
  /** Not before then, after one that failed. */
  retryAt: EpochMs | null
}

/** When the next audit is to be made by itself; null for never. */
export function auditDueAt({ everyMs, lastAt, startedAt, retryAt }: Known): EpochMs | null {
  if (everyMs === null) return null
  const due = lastAt === null ? later(startedAt, FIRST_AFTER_MS) : later(lastAt, everyMs)
  return retryAt !== null && retryAt > due ? retryAt : due
}

/** How long to wait after so many failures in a row: from a minute, twice as long each time, to an hour. */
export const retryWaitMs = (failures: number) =>
  Math.min(HOUR_MS, MINUTE_MS * 2 ** Math.max(0, failures - 1))
