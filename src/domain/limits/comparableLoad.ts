import type { Span } from '../incident/incident.ts'
import { lowerBound } from '../series/lowerBound.ts'
import { type DurationMs, type EpochMs, epochMs, later } from '../units.ts'

/**
 * What a history knows of load, in equal steps: columns of equal length, oldest first. Enough to choose
 * windows by; what is compared in them is read as samples.
 */
export type ComparableLoad = {
  readonly stepMs: DurationMs
  readonly startMs: Float64Array
  /** Attempts; NaN where nobody counted them. */
  readonly attempts: Float64Array
  /** Refusals; NaN where not all could be read. */
  readonly refused: Float64Array
  /** The highest value of what is limited; NaN where it was not measured. */
  readonly highest: Float64Array
}

/** The steps that begin in a span, as views. */
export function loadWithin(load: ComparableLoad, { from, to }: Span): ComparableLoad {
  const [start, end] = [lowerBound(load.startMs, from), lowerBound(load.startMs, to)]
  return {
    stepMs: load.stepMs,
    startMs: load.startMs.subarray(start, end),
    attempts: load.attempts.subarray(start, end),
    refused: load.refused.subarray(start, end),
    highest: load.highest.subarray(start, end),
  }
}

/** The first instant of which attempts are known; null where nobody counted any. */
export function attemptsSince({ startMs, attempts }: ComparableLoad): EpochMs | null {
  const first = attempts.findIndex((count) => !Number.isNaN(count))
  return first < 0 ? null : epochMs(startMs[first]!)
}

/**
 * The part of a span in which attempts were counted, or where they never were, the use was measured;
 * null where nothing was.
 */
export function watchedPart(load: ComparableLoad, span: Span): Span | null {
  // The step in which the span begins is a part of it, too.
  const inside = loadWithin(load, { from: later(span.from, 1 - load.stepMs), to: span.to })
  const known = [inside.attempts, inside.highest].find((column) => column.some(isKnown))
  if (!known) return null
  const first = known.findIndex(isKnown)
  const last = known.findLastIndex(isKnown)
  return {
    from: epochMs(Math.max(span.from, inside.startMs[first]!)),
    to: epochMs(Math.min(span.to, inside.startMs[last]! + load.stepMs)),
  }
}

const isKnown = (value: number) => !Number.isNaN(value)
