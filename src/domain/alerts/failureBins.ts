import { type EpochMs, epochMs } from '../units.ts'
import type { BurnTier, WindowCount } from './burnRate.ts'

/**
 * The failures and attempts of a pair of windows in steps, newest step last written; a ring. Plain
 * arrays: the state of alerts outlives a reload as JSON.
 */
export type FailureBins = {
  stepMs: number
  /** The step being filled, counted from 1970; null before anything was heard. */
  newest: number | null
  /** The first step in which anything was heard: what the record begins with. */
  first: number | null
  errors: number[]
  attempts: number[]
  /** 0: nothing was heard. 1: something was. 2: attempts, too. */
  known: number[]
}

/** Steps in a short window. */
const STEPS = 10
/** Less of a long window that is known says nothing of the whole. */
const LEAST_COVERAGE = 0.8

export function newBins({ longMs, shortMs }: BurnTier): FailureBins {
  const stepMs = Math.max(1_000, Math.round(shortMs / STEPS))
  // One more for the step that has begun when a window ends.
  const column = () => Array.from({ length: Math.round(longMs / stepMs) + 1 }, () => 0)
  return {
    stepMs,
    newest: null,
    first: null,
    errors: column(),
    attempts: column(),
    known: column(),
  }
}

/** The first end of a step after an instant: when the windows are judged next. */
export const dueAfter = ({ stepMs }: FailureBins, at: number): EpochMs =>
  epochMs((Math.floor(at / stepMs) + 1) * stepMs)

/** The place of a step; -1 where it is too old. Steps between the newest and a newer one are empty. */
function place(bins: FailureBins, at: number): number {
  const step = Math.floor(at / bins.stepMs)
  const size = bins.errors.length
  if (bins.newest === null) bins.newest = step
  const from = Math.max(bins.newest + 1, step - size + 1)
  for (let next = from; next <= step; next++) {
    bins.errors[next % size] = 0
    bins.attempts[next % size] = 0
    bins.known[next % size] = 0
  }
  bins.newest = Math.max(bins.newest, step)
  return step <= bins.newest - size ? -1 : step % size
}

export function addErrors(bins: FailureBins, at: EpochMs, count: number) {
  const index = place(bins, at)
  if (index >= 0) bins.errors[index]! += count
}

/**
 * A count of attempts, which stands at the end of the time it counts: since `from`, where nothing was
 * missed in between.
 */
export function addAttempts(bins: FailureBins, from: EpochMs, at: EpochMs, count: number) {
  const index = place(bins, at - 1)
  if (index < 0) return
  bins.attempts[index]! += count
  mark(bins, from, at - 1, 2)
}

/** Something was heard at `at`, whatever it was, and nothing was missed since `from`. */
export function addHeard(bins: FailureBins, from: EpochMs, at: EpochMs) {
  if (place(bins, at) < 0) return
  bins.first ??= Math.ceil(from / bins.stepMs)
  mark(bins, from, at, 1)
}

function mark({ stepMs, newest, known }: FailureBins, from: number, to: number, as: number) {
  const size = known.length
  const first = Math.max(Math.floor(from / stepMs), (newest ?? 0) - size + 1)
  for (let step = Math.max(0, first); step <= Math.floor(to / stepMs); step++)
    known[step % size] = Math.max(known[step % size]!, as)
}

/**
 * Both windows as they stand at the end of a step; null where the record does not reach back far
 * enough, or one of them has too many holes. Attempts that are known in part are no answer either.
 * O(steps).
 */
export function windowsAt(
  bins: FailureBins,
  { longMs, shortMs }: BurnTier,
  at: EpochMs,
): { long: WindowCount; short: WindowCount } | null {
  place(bins, at)
  const steps = Math.round(longMs / bins.stepMs)
  const end = Math.round(at / bins.stepMs)
  if (bins.first === null || bins.first > end - steps) return null
  const long = countOver(bins, end, steps)
  if (long.heard < LEAST_COVERAGE * steps) return null
  const isCounted = long.counted >= LEAST_COVERAGE * steps
  if (!isCounted && long.counted > 0) return null
  const shortSteps = Math.round(shortMs / bins.stepMs)
  const short = countOver(bins, end, shortSteps)
  // Or silence would look as if it were over.
  const told = isCounted ? short.counted : short.heard
  if (told < LEAST_COVERAGE * shortSteps) return null
  const window = ({ errors, attempts }: Sum) => ({ errors, attempts: isCounted ? attempts : null })
  return { long: window(long), short: window(short) }
}

type Sum = { errors: number; attempts: number; heard: number; counted: number }

function countOver({ errors, attempts, known }: FailureBins, end: number, steps: number): Sum {
  const sum = { errors: 0, attempts: 0, heard: 0, counted: 0 }
  const size = errors.length
  for (let step = Math.max(end - steps, 0); step < end; step++) {
    const index = step % size
    sum.errors += errors[index]!
    sum.attempts += attempts[index]!
    if (known[index]! > 0) sum.heard += 1
    if (known[index] === 2) sum.counted += 1
  }
  return sum
}
