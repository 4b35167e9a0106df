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
}

/**
 * Divides [from, to) into stretches at the limit, below it, and unknown, each sample judged by the
 * limit in force at its time.
 *
 * Between a sample below and one at the limit the level is not known; the higher one counts, as in
 * the bins of the evidence (evidence-methods §1.1), so that a refusal that came just before the poll
 * that saw the limit reached is not called "below". Samples further apart than `gapAfterMs`, and
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
  const add = (state: LevelState, start: EpochMs, end: EpochMs, seenAt: EpochMs) => {
    const clipped = { from: epochMs(Math.max(from, start)), to: epochMs(Math.min(to, end)) }
    if (clipped.to <= clipped.from) return
    const last = stretches.at(-1)
    if (last?.state === state) last.to = clipped.to
    else stretches.push({ state, ...clipped, seenAt: epochMs(Math.max(clipped.from, seenAt)) })
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
      add(joined, before.at, end, before.state === joined ? before.at : at)
      if (!isJoined) add('unknown', end, at, end)
    } else add('unknown', from, at, from)
    before = { at, state }
  }
  if (!before) add('unknown', from, to, from)
  else {
    const end = later(before.at, gapAfterMs)
    add(before.state, before.at, end, before.at)
    add('unknown', end, to, end)
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
  /** How long the value was at the limit. */
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
  for (const { state, from, to, seenAt } of stretches) {
    const start = state === 'atLimit' ? seenAt : from
    length[state] += elapsed(start, to)
    if (state !== 'atLimit') {
      sum[state] += refusals(from, to, 1)[0] ?? 0
      continue
    }
    sum.atLimit += from < seenAt ? (refusals(from, seenAt, 1)[0] ?? 0) : 0
    const bins = Math.max(1, Math.round(elapsed(seenAt, to) / binMs))
    const counts = refusals(seenAt, to, bins)
    for (let i = 0; i < bins; i++) {
      sum.atLimit += counts[i] ?? 0
      if (!counts[i]) quietAtLimitMs += elapsed(seenAt, to) / bins
    }
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
