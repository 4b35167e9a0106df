import type { EpochMs, OrgId } from '#domain/units.ts'
import { compact } from './compaction.ts'
import type { HistoryDatabase } from './historyDb.ts'
import { type PastWanted, readPast } from './readPast.ts'
import { readSummaries, type SummariesWanted } from './readSummaries.ts'
import { tidy } from './tidy.ts'

/**
 * What takes long enough to be done off the main thread: functions of a database and of plain data,
 * which a worker runs as well as a page.
 */
const HISTORY_JOBS = {
  compact: (db: HistoryDatabase, org: OrgId) => compact(db, org),
  tidy: (db: HistoryDatabase, now: EpochMs) => tidy(db, now),
  read: (db: HistoryDatabase, wanted: PastWanted) => readPast(db, wanted),
  readSummaries: (db: HistoryDatabase, wanted: SummariesWanted) => readSummaries(db, wanted),
} as const

export type JobName = keyof typeof HISTORY_JOBS
export type Asked<Name extends JobName> = Parameters<(typeof HISTORY_JOBS)[Name]>[1]
export type Answer<Name extends JobName> = Awaited<ReturnType<(typeof HISTORY_JOBS)[Name]>>

type Job = (db: HistoryDatabase, asked: unknown) => Promise<unknown>

/** Runs a job by its name: what is asked fits it, as whoever asked has checked. */
export const runJob = (db: HistoryDatabase, name: JobName, asked: unknown) =>
  (HISTORY_JOBS[name] as Job)(db, asked)
