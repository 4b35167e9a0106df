import {
  type DurationMs,
  durationMs,
  elapsed,
  type EpochMs,
  MINUTE_MS,
  type OrgId,
  SECOND_MS,
} from '#domain/units.ts'
import type { PrometheusProblem } from './problem.ts'

/** How it stands with what an organisation's Prometheus is asked of the past. New only when something changed. */
export type PastState = {
  /** Somebody has waited for a while, and waits on. */
  isSlow: boolean
  /** What could not be read whole, and has not been read since; oldest first. */
  problems: readonly PrometheusProblem[]
}

/** Samples and steps are read apart: the one may be whole where the other is not. */
export type PastTier = 'samples' | 'steps'

type Span = { from: EpochMs; to: EpochMs }
type Known = PrometheusProblem & { tier: PastTier }

const QUIET: PastState = { isSlow: false, problems: [] }
/** An answer that comes sooner is not worth a word. */
const SLOW_AFTER_MS = durationMs(SECOND_MS)

/** What screens are told of the past that comes from elsewhere, organisation by organisation. */
export function createPastBoard(after: (ms: DurationMs, run: () => void) => () => void) {
  const states = new Map<OrgId, PastState>()
  const known = new Map<OrgId, readonly Known[]>()
  const waiting = new Map<OrgId, number>()
  const listeners = new Set<() => void>()

  function set(org: OrgId, changes: Partial<PastState>) {
    states.set(org, { ...(states.get(org) ?? QUIET), ...changes })
    for (const listener of listeners) listener()
  }

  function wait(org: OrgId, by: 1 | -1) {
    const count = (waiting.get(org) ?? 0) + by
    waiting.set(org, count)
    const isSlow = count > 0
    if (isSlow !== (states.get(org)?.isSlow ?? false)) set(org, { isSlow })
  }

  return {
    state: (org: OrgId) => states.get(org) ?? QUIET,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Somebody waits for this answer. */
    async during<T>(org: OrgId, answer: Promise<T>): Promise<T> {
      let isWaiting = false
      const cancel = after(SLOW_AFTER_MS, () => {
        isWaiting = true
        wait(org, 1)
      })
      try {
        return await answer
      } finally {
        cancel()
        if (isWaiting) wait(org, -1)
      }
    },
    /** A stretch was read: what was told of it before is out of date. */
    read(org: OrgId, tier: PastTier, span: Span, problems: readonly PrometheusProblem[]) {
      const before = known.get(org) ?? []
      if (before.length === 0 && problems.length === 0) return
      const kept = before.flatMap((one) => (one.tier === tier ? outside(one, span) : [one]))
      const next = [...kept, ...problems.map((problem): Known => ({ ...problem, tier }))]
      known.set(org, next)
      set(org, { problems: next.toSorted((a, b) => a.from - b.from) })
    },
    /** Nothing is read from elsewhere any more. */
    forget(org: OrgId) {
      if (known.delete(org)) set(org, { problems: [] })
    },
  }
}

export type PastBoard = ReturnType<typeof createPastBoard>

/** A window that moved on leaves less than this behind, which is asked about no more (`withPrometheus`). */
const SLIVER_MS = durationMs(5 * MINUTE_MS)

/** What of a problem lies before and after a stretch. */
function outside(problem: Known, { from, to }: Span): Known[] {
  if (problem.to < from - SLIVER_MS || problem.from > to + SLIVER_MS) return [problem]
  return [
    { ...problem, to: from },
    { ...problem, from: to },
  ].filter((part) => elapsed(part.from, part.to) >= SLIVER_MS)
}
