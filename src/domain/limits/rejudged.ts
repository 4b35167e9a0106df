import { type Verdict, verdictOf } from '../evidence/verdict/verdict.ts'
import type { FailureColumns, WatchedSeries } from '../evidence/watchedSeries.ts'
import type { Span } from '../incident/incident.ts'
import { AT_LIMIT_RATIO } from '../metrics/headroom.ts'
import { type LimitSteps, limitAt } from '../metrics/limitSteps.ts'
import { typicalIntervalMs } from '../evidence/sampling.ts'
import type { Series } from '../series/series.ts'
import { within } from '../series/within.ts'
import { type DurationMs, durationMs, type EpochMs, epochMs, later, MINUTE_MS } from '../units.ts'
import type { JournalEntry } from './limitJournal.ts'

/** How a stretch looks under one limit. */
export type JudgedStretch = {
  /** Time at 98 % of the limit or more, as screens shade it; null: the limit was not known. */
  atLimitMs: DurationMs | null
  /** Samples above the limit: where there are many, it was the wrong one. */
  above: number
  /** Of the window around it. */
  verdict: Pick<Verdict, 'word' | 'reason'>
}

/** What moved when a limit turned out to have held before anybody knew. */
export type Rejudged = {
  /** From when the new limit held until it was known. */
  stretch: Span
  /** The window whose verdict is given: the stretch with what led to it. */
  window: Span
  old: JudgedStretch
  new: JudgedStretch
  /** Samples in the stretch; 0: nothing was watched then, and nothing moved. */
  samples: number
}

/** Columns of the window at least, oldest first. Survives `structuredClone`. */
export type RejudgedInput = {
  stretch: Span
  window: Span
  /** The limit that was believed in during the stretch; null: none. */
  believed: number | null
  /** With the limits that are known now. */
  subject: WatchedSeries
  capacity: FailureColumns
  attempts: Series | null
}

/** What led to a limit, and the room below it, lies around the stretch. */
const AIR_MS = durationMs(15 * MINUTE_MS)

/**
 * The time for which an entry of the journal was in force before anybody knew of it; null where it was
 * known at once, or when that was is not recorded. A change that lies between two looks is judged by
 * the old limit up to the second one anyway, so nothing is judged anew there.
 */
export function lateStretch({ explanation, latest, firstSeenAt, kind }: JournalEntry): Span | null {
  if (kind !== 'effective' || firstSeenAt === null) return null
  const end =
    explanation.kind === 'manual' && explanation.limit.until !== null
      ? epochMs(Math.min(firstSeenAt, explanation.limit.until))
      : firstSeenAt
  return end > latest ? { from: latest, to: end } : null
}

/** The window around a stretch that is judged twice: as long again on both sides, at least 15 min. */
export function windowAround({ from, to }: Span, now: EpochMs): Span {
  const airMs = Math.max(AIR_MS, to - from)
  return { from: later(from, -airMs), to: epochMs(Math.max(to, Math.min(now, to + airMs))) }
}

/** The same time by the limit that was believed in, and by the one that is known now. O(n log n). */
export function rejudgedOf(input: RejudgedInput): Rejudged {
  const { stretch, window, believed, subject } = input
  const samples = within(subject.series, stretch.from, stretch.to - 1)
  const judged = (limits: LimitSteps): JudgedStretch => {
    const inForce = Float64Array.from(
      samples.timeMs,
      (at) => limitAt(limits, epochMs(at)) ?? Number.NaN,
    )
    const { word, reason } = verdictOf({
      ...input,
      ...window,
      subject: { ...subject, limits },
      named: 0,
    })
    const isKnown = inForce.some((limit) => !Number.isNaN(limit))
    return {
      atLimitMs: isKnown ? atLimitMs(samples, inForce, stretch) : null,
      above: samples.value.reduce((sum, value, i) => sum + (value > inForce[i]! ? 1 : 0), 0),
      verdict: { word, reason },
    }
  }
  return {
    stretch,
    window,
    old: judged(asBelieved(subject.limits, stretch, believed)),
    new: judged(subject.limits),
    samples: samples.value.filter(Number.isFinite).length,
  }
}

/** The steps as they stood before the change was known. */
function asBelieved(limits: LimitSteps, { from, to }: Span, value: number | null): LimitSteps {
  const after = { from: to, value: limitAt(limits, to), source: 'known by then' }
  return [
    ...limits.filter((step) => step.from < from),
    { from, value, source: 'believed then' },
    after,
    ...limits.filter((step) => step.from > to),
  ]
}

/** Each sample stands until the next one, for a usual interval at most. */
function atLimitMs({ timeMs, value }: Series, inForce: Float64Array, { to }: Span): DurationMs {
  const usualMs = (typicalIntervalMs(timeMs) ?? MINUTE_MS) * 2
  let sum = 0
  for (let i = 0; i < timeMs.length; i++) {
    if (!(value[i]! >= AT_LIMIT_RATIO * inForce[i]!)) continue
    sum += Math.min(usualMs, (timeMs[i + 1] ?? to) - timeMs[i]!)
  }
  return durationMs(sum)
}

/** Whether anything of the stretch is seen otherwise now. */
export const hasMoved = ({ old, new: now }: Rejudged) =>
  old.atLimitMs !== now.atLimitMs ||
  old.above !== now.above ||
  old.verdict.word !== now.verdict.word
