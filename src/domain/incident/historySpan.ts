import { SUMMARIES_KEPT_MS } from '../retention.ts'
import { DAY_MS, type DurationMs, durationMs, type EpochMs, epochMs, HOUR_MS } from '../units.ts'
import type { Span } from './incident.ts'

/** A stretch of history in equal steps; both ends begin one. */
export type HistorySpan = Span & { stepMs: DurationMs }

const PAGE_MS = durationMs(14 * DAY_MS)
/** Beyond the newest page single hours are seldom what is looked for. */
const LONG_STEP_MS = durationMs(6 * HOUR_MS)

/** Pages are counted back from the newest, 0; the last one holds what is 13 months old. */
export const OLDEST_PAGE = Math.ceil(SUMMARIES_KEPT_MS / PAGE_MS) - 1

/**
 * Fourteen days: up to the end of the hour of `now` in hours, those before in steps of six. Hours are
 * those of UTC. No time lies between two pages; a few hours may be on both.
 */
export function historySpan(now: EpochMs, page: number): HistorySpan {
  const end = (Math.floor(now / HOUR_MS) + 1) * HOUR_MS
  const stepMs = page === 0 ? HOUR_MS : LONG_STEP_MS
  const to = Math.ceil((end - page * PAGE_MS) / stepMs) * stepMs
  return { from: epochMs(to - PAGE_MS), to: epochMs(to), stepMs }
}

/** The newest page that holds an instant; the oldest one for what is older than all. */
export function historyPageOf(at: EpochMs, now: EpochMs): number {
  let page = 0
  while (page < OLDEST_PAGE && historySpan(now, page).from > at) page += 1
  return page
}

/** How many steps a stretch has. */
export const stepsOf = ({ from, to, stepMs }: HistorySpan) => Math.round((to - from) / stepMs)

/** Which step an instant lies in; outside the stretch it is below 0 or no less than their number. */
export const stepAt = ({ from, stepMs }: HistorySpan, at: EpochMs) =>
  Math.floor((at - from) / stepMs)
