import { LOOK_BINS, LOOKS } from '#domain/evidence/verdict/settled.ts'
import { type DurationMs, type EpochMs, epochMs, later, SECOND_MS } from '#domain/units.ts'
import type { Look } from './evidenceRequest.ts'

/** A moving window is looked at anew about this often. */
const LOOK_EVERY_MS = 10_000
/** … and no sooner than so many bins are new: a look at two weeks is dear, and sees the same. */
const LOOK_EVERY_BINS = 2
/** What happened last arrives a little later; a look that ends before it is not judged twice. */
const LATE_MS = 5_000
/** As in the bins of the evidence: a window has at most so many. */
const MOST_BINS = 14_400

/** The newest look of a window, and the ones before it that must agree, oldest first. */
export type LookPlan = { look: Look; earlier: readonly Look[] }

/**
 * When to look at a window that moves with the clock: on a grid of instants, so that a look is
 * computed once and serves again as an earlier one. The looks that must agree lie twenty bins
 * apart.
 */
export function movingPlan({ from, to }: Look, intervalMs: DurationMs | null): LookPlan {
  const lengthMs = to - from
  const binMs = Math.max(
    SECOND_MS,
    intervalMs ?? SECOND_MS,
    Math.ceil(lengthMs / MOST_BINS / SECOND_MS) * SECOND_MS,
  )
  const apartMs = LOOK_BINS * binMs
  const stepMs = Math.max(LOOK_EVERY_MS, LOOK_EVERY_BINS * binMs)
  const everyMs = apartMs / Math.max(1, Math.floor(apartMs / stepMs))
  const end = epochMs(Math.floor((to - LATE_MS) / everyMs) * everyMs)
  const endingAt = (at: EpochMs): Look => ({ from: later(at, -lengthMs), to: at })
  return {
    look: endingAt(end),
    earlier: Array.from({ length: LOOKS - 1 }, (_, i) =>
      endingAt(later(end, (i + 1 - LOOKS) * apartMs)),
    ),
  }
}

/** A window that stands still is looked at once: nothing is found by looking again. */
export const fixedPlan = (look: Look): LookPlan => ({ look, earlier: [] })
