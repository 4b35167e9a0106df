import { attemptColumns, type AttemptRow } from '#domain/evidence/demand/attempts.ts'
import type { Attempts } from '#domain/evidence/demand/clientEvents.ts'
import { createTimeQueue } from '#domain/evidence/storm/timeQueue.ts'
import type { Series } from '#domain/series/series.ts'
import { exponentialFrom, type Random } from '#domain/stats/random.ts'
import { SECOND_MS } from '#domain/units.ts'

/** A place with a limit, and people who want in. */
export type LossSystem = {
  limit: number
  /** In erlang: arrivals per second times the mean holding time. */
  offered: number
  holdSec: number
  /** Who is refused tries again after so long, with this chance each time. */
  retryAfterSec: number
  retryChance: number
  fromSec: number
  toSec: number
}

/** What was truly wanted: when, and for how long, whether it was let in or not. */
export type TrueDemand = { atMs: number; holdMs: number }

export type Played = { rows: AttemptRow[]; count: Series; demands: TrueDemand[] }

const SAMPLE_SEC = 10

/** Poisson arrivals, exponential holding times, retries; the count is sampled every 10 s. */
export function playLossSystem(system: LossSystem, random: Random): Played {
  const { limit, offered, holdSec, retryAfterSec, retryChance, fromSec, toSec } = system
  const rows: AttemptRow[] = []
  const demands: TrueDemand[] = []
  const timeMs: number[] = []
  const value: number[] = []
  const due = createTimeQueue()
  const releases = createTimeQueue()
  const gap = () => exponentialFrom(random, holdSec / offered)
  for (let at = fromSec + gap(); at < toSec; at += gap()) {
    due.push(at, demands.length)
    demands.push({ atMs: at * SECOND_MS, holdMs: exponentialFrom(random, holdSec) * SECOND_MS })
  }
  let held = 0
  let sampleAt = fromSec
  const until = (at: number) => {
    for (; releases.nextAt() <= at; held--) {
      sampleUntil(releases.nextAt())
      releases.pop()
    }
    sampleUntil(at)
  }
  const sampleUntil = (at: number) => {
    for (; sampleAt < at; sampleAt += SAMPLE_SEC) {
      timeMs.push(sampleAt * SECOND_MS)
      value.push(held)
    }
  }
  for (let next = due.pop(); next && next.at < toSec; next = due.pop()) {
    const { at, id } = next
    until(at)
    const { holdMs } = demands[id]!
    const attempt = { client: `${id}`, startMs: at * SECOND_MS, endMs: at * SECOND_MS }
    if (held < limit) {
      held += 1
      releases.push(at + holdMs / SECOND_MS, id)
      const releasedMs = at * SECOND_MS + holdMs
      // What ends after the record is not seen to end.
      rows.push({
        ...attempt,
        failed: false,
        ...(releasedMs < toSec * SECOND_MS ? { releasedMs } : {}),
      })
    } else {
      rows.push({ ...attempt, failed: true })
      if (random() < retryChance) due.push(at + retryAfterSec, id)
    }
  }
  until(toSec)
  return {
    rows,
    count: { timeMs: Float64Array.from(timeMs), value: Float64Array.from(value) },
    demands,
  }
}

/** The same attempts with every one a client of its own: what is known where clients are not told apart. */
export const unfolded = (rows: readonly AttemptRow[]): Attempts =>
  attemptColumns(rows.map((row, i) => ({ ...row, client: `${i}` })))
