import { AT_LIMIT_RATIO, usedRatio } from '../metrics/headroom.ts'
import { type LimitSteps, limitAt } from '../metrics/limitSteps.ts'
import type { Series } from '../series/series.ts'
import { type DurationMs, type EpochMs, elapsed, epochMs, later } from '../units.ts'

/** `unknown`: nothing was measured, or no limit was known. It is neither at the limit nor below it. */
export type LevelState = 'atLimit' | 'below' | 'unknown'

/** A part of a window in which a value stood at its limit, below it, or was not known. */
export type Stretch = {
  state: LevelState
  from: EpochMs
  /** The first instant that is no longer part of it. */
  to: EpochMs
  /** The first sample that showed this state: the value got there between `from` and then. */
  seenAt: EpochMs
  /** The last sample that showed it: the value left it between then and `to`. */
  lastAt: EpochMs
}

/**
 * Divides [from, to) into stretches at the limit, below it, and unknown, each sample judged by the
 * limit in force at its time.
 *
 * Between a sample below and one at the limit the level is not known; the higher one counts, as in
 * the bins of the evidence (evidence-methods §1.1), so that a refusal that came just before the poll
 * that saw the limit reached is not called "below"; a dip of one sample parts nothing. Samples further apart than `gapAfterMs`, and
 * gaps (NaN), leave the time between them unknown; so does the time beyond `gapAfterMs` after the last.
 */
export function stretchesOf(
  points: Series,
  limits: LimitSteps,
  gapAfterMs: DurationMs,
  from: EpochMs,
  to: EpochMs,
): Stretch[] {
  const stretches: Stretch[] = []
  const within = (at: number) => epochMs(Math.min(to, Math.max(from, at)))
  /** `seen` and `last`: the first and last of the two samples around that showed the state. */
  const add = (
    state: LevelState,
    start: EpochMs,
    end: EpochMs,
    seen: EpochMs = start,
    last: EpochMs = end,
  ) => {
    const clipped = { from: within(start), to: within(end) }
    if (clipped.to <= clipped.from) return
    const newest = stretches.at(-1)
    if (newest?.state === state) Object.assign(newest, { to: clipped.to, lastAt: within(last) })
    else stretches.push({ state, ...clipped, seenAt: within(seen), lastAt: within(last) })
  }
  const count = points.timeMs.length
  let before: { at: EpochMs; state: LevelState } | null = null
  for (let i = 0; i < count; i++) {
    const at = epochMs(points.timeMs[i]!)
    const state = stateOf(points.value[i]!, limits, at)
    if (before) {
      const isJoined = elapsed(before.at, at) <= gapAfterMs
      const end = isJoined ? at : later(before.at, gapAfterMs)
      const joined = isJoined ? between(before.state, state) : before.state
      const seen = before.state === joined ? before.at : at
      add(joined, before.at, end, seen, isJoined && state === joined ? at : seen)
      if (!isJoined) add('unknown', end, at)
    } else add('unknown', from, at)
    before = { at, state }
  }
  if (!before) add('unknown', from, to)
  else {
    const end = later(before.at, gapAfterMs)
    add(before.state, before.at, end, before.at, before.at)
    add('unknown', end, to)
  }
  return stretches
}

function stateOf(value: number, limits: LimitSteps, at: EpochMs): LevelState {
  const ratio = usedRatio(value, limitAt(limits, at))
  if (ratio === null) return 'unknown'
  return ratio >= AT_LIMIT_RATIO ? 'atLimit' : 'below'
}

function between(one: LevelState, other: LevelState): LevelState {
  if (one === 'unknown' || other === 'unknown') return 'unknown'
  return one === 'atLimit' || other === 'atLimit' ? 'atLimit' : 'below'
}

/** What happened at the limit in a window, and what did not. */
export type AtLimitCount = {
  refused: number
  refusedAtLimit: number
  refusedBelow: number
  /** Refused while nothing was measured or no limit was known. */
  refusedUnknown: number
  /** How long the value was at the limit: from the first sample there to the last, as charts shade it. */
  atLimitMs: DurationMs
  /** How much of that passed without a refusal, in steps of `binMs`. */
  quietAtLimitMs: DurationMs
  /** Share of the window in which value and limit were known, 0–1. */
  coverage: number
  /** The newest stretch at the limit; null where there is none. */
  newest: Stretch | null
}

/**
 * Counts refusals at the limit and below it, and the time at the limit that passed without any: what
 * speaks for the limit as the cause and what speaks against it, side by side. It is no test of
 * anything.
 *
 * `refusals` gives the number of refusals per bin over [from, to) in `bins` equal columns.
 */
export function atLimitCount(
  stretches: readonly Stretch[],
  refusals: (from: EpochMs, to: EpochMs, bins: number) => ArrayLike<number>,
  binMs: DurationMs,
): AtLimitCount {
  const sum = { atLimit: 0, below: 0, unknown: 0 }
  const length = { atLimit: 0, below: 0, unknown: 0 }
  let quietAtLimitMs = 0
  for (const { state, from, to, seenAt, lastAt } of stretches) {
    sum[state] += refusals(from, to, 1)[0] ?? 0
    if (state !== 'atLimit') {
      length[state] += elapsed(from, to)
      continue
    }
    const lengthMs = elapsed(seenAt, lastAt)
    length.atLimit += lengthMs
    if (lengthMs <= 0) continue
    const bins = Math.max(1, Math.round(lengthMs / binMs))
    const counts = refusals(seenAt, lastAt, bins)
    for (let i = 0; i < bins; i++) if (!counts[i]) quietAtLimitMs += lengthMs / bins
  }
  const whole = stretches.length === 0 ? 0 : elapsed(stretches[0]!.from, stretches.at(-1)!.to)
  return {
    refused: sum.atLimit + sum.below + sum.unknown,
    refusedAtLimit: sum.atLimit,
    refusedBelow: sum.below,
    refusedUnknown: sum.unknown,
    atLimitMs: length.atLimit as DurationMs,
    quietAtLimitMs: quietAtLimitMs as DurationMs,
    coverage: whole > 0 ? 1 - length.unknown / whole : 0,
    newest: stretches.findLast(({ state }) => state === 'atLimit') ?? null,
  }
}
