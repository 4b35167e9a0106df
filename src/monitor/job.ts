import { type DurationMs, type EpochMs, epochMs, later, type SourceId } from '#domain/units.ts'
import type { SourceError } from '#sources/sourceError.ts'

/** When one source is asked: a grid of due times, and the one that comes next. */
export type Job = {
  readonly id: SourceId
  readonly usesToken: boolean
  /** How far apart ticks are meant to be. */
  readonly everyMs: DurationMs
  /** Ticks lie at `anchorAt` + n × step: nothing that happens in between shifts them. */
  anchorAt: EpochMs
  /** Every second tick is left out while the server keeps failing. */
  isSlowed: boolean
  /** Null: not asked by itself. */
  nextAt: EpochMs | null
  /** Since when it waits for the request budget; null where it does not. */
  waitsSince: EpochMs | null
  isRunning: boolean
  skippedTicks: number
  failuresInRow: number
  /** Replies of status 500 in a row. */
  serverErrorsInRow: number
  /** The last turn got no reply at all: nobody asked us to stay away. */
  isUnreachable: boolean
}

/** A source with a longer interval is worth a few earlier tries after a failure. */
const SLOW_FROM_MS = 60_000
const MOST_EARLY_TRIES = 4
const EARLIEST_TRY_MS = 1_000
/** Two turns begin at least this share of an interval apart. */
const CLOSEST_SHARE = 0.25
/** Facts §8.3: after five 500s in a row, half the frequency. */
const SLOWED_AFTER = 5

/** A job whose first tick is due at `firstAt`. */
export const newJob = (
  id: SourceId,
  everyMs: DurationMs,
  usesToken: boolean,
  firstAt: EpochMs,
): Job => ({
  id,
  usesToken,
  everyMs,
  anchorAt: firstAt,
  isSlowed: false,
  nextAt: firstAt,
  waitsSince: null,
  isRunning: false,
  skippedTicks: 0,
  failuresInRow: 0,
  serverErrorsInRow: 0,
  isUnreachable: false,
})

/** The first tick after an instant. */
export function tickAfter(job: Job, at: EpochMs): EpochMs {
  const stepMs = job.isSlowed ? job.everyMs * 2 : job.everyMs
  if (at < job.anchorAt) return job.anchorAt
  const steps = Math.floor((at - job.anchorAt) / stepMs) + 1
  return epochMs(job.anchorAt + steps * stepMs)
}

/** A tick that meets its own running turn is left out and counted. */
export function skipTicks(job: Job, now: EpochMs) {
  const next = tickAfter(job, now)
  job.skippedTicks += Math.max(1, Math.round((next - job.nextAt!) / job.everyMs))
  job.nextAt = next
}

/**
 * A turn begins. Ticks that passed unseen (a late timer) are not made up for, and after a turn off the
 * grid a tick that would follow at its heels is left out.
 */
export function beginTurn(job: Job, now: EpochMs) {
  job.isRunning = true
  job.waitsSince = null
  job.nextAt = tickAfter(job, later(now, job.everyMs * CLOSEST_SHARE))
}

export function endWithReply(job: Job, now: EpochMs) {
  const wasSlowed = job.isSlowed
  job.failuresInRow = 0
  job.serverErrorsInRow = 0
  job.isUnreachable = false
  job.isSlowed = false
  if (wasSlowed || job.nextAt === null || job.nextAt <= now) job.nextAt = tickAfter(job, now)
}

/** Counts a failure; gives how many there have been in a row. */
export function countFailure(job: Job, { kind, details }: SourceError): number {
  job.failuresInRow += 1
  job.isUnreachable = kind === 'network' || kind === 'timeout'
  job.serverErrorsInRow = details.status === 500 ? job.serverErrorsInRow + 1 : 0
  job.isSlowed = job.serverErrorsInRow >= SLOWED_AFTER
  return job.failuresInRow
}

/**
 * The next try after a failure: a tick, and not before the wait is over. Then it leaves the grid once
 * (or a whole crowd of pages would come back at the same tick) and returns to it with the tick after.
 * A slow source (the limits, read every 15 minutes) is tried a few times earlier.
 */
export function retryAfter(job: Job, now: EpochMs, waitMs: DurationMs) {
  const soonest = later(now, Math.max(waitMs, EARLIEST_TRY_MS))
  const tick = tickAfter(job, now)
  const mayBeEarly =
    waitMs > 0 && job.everyMs > SLOW_FROM_MS && job.failuresInRow <= MOST_EARLY_TRIES
  job.nextAt = mayBeEarly || soonest > tick ? soonest : tick
}

/**
 * There is reason to believe that a server is back which gave no reply: it is asked soon and not only
 * when its back-off is over, which begins anew. Says whether that changed anything.
 */
export function hastenRetry(job: Job, at: EpochMs): boolean {
  if (!job.isUnreachable || job.isRunning || job.nextAt === null || job.nextAt <= at) return false
  job.failuresInRow = 0
  job.nextAt = at
  return true
}

/** Moves everything a job remembers of time, after the clock was set. */
export function shiftJob(job: Job, byMs: number) {
  job.anchorAt = later(job.anchorAt, byMs)
  if (job.nextAt !== null) job.nextAt = later(job.nextAt, byMs)
  if (job.waitsSince !== null) job.waitsSince = later(job.waitsSince, byMs)
}

/** Begins the grid anew. */
export function restartJob(job: Job, firstAt: EpochMs) {
  job.anchorAt = firstAt
  job.nextAt = firstAt
}
