import type { EpochMs } from '../units.ts'

/**
 * A limit from an instant on. `value: null` means that it is not known, with the reason in
 * `source`; unknown is never 0 and never infinity.
 */
export type LimitStep = { from: EpochMs; value: number | null; source: string }

/**
 * Whether a step is a number from the documentation, which stands until the organisation tells its own:
 * what replaces it was learnt, not changed.
 */
export const isAssumed = ({ source }: LimitStep) => source.startsWith('documented')

/** The limits of one metric, oldest first, each in force until the next one begins. */
export type LimitSteps = readonly LimitStep[]

/** The step in force at an instant; null before the first one. O(log n). */
export function limitStepAt(steps: LimitSteps, at: EpochMs): LimitStep | null {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (steps[middle]!.from <= at) low = middle + 1
    else high = middle
  }
  return steps[low - 1] ?? null
}

/** The value in force at an instant; null where it is unknown or nothing was known yet. */
export const limitAt = (steps: LimitSteps, at: EpochMs) => limitStepAt(steps, at)?.value ?? null

/** The steps that hold at some instant of [from, to]. */
export const stepsTouching = (steps: LimitSteps, from: EpochMs, to: EpochMs): LimitSteps =>
  steps.filter((step, i) => step.from <= to && (steps[i + 1]?.from ?? Infinity) > from)

/**
 * Adds what was learnt about a limit. A step that repeats the value and source in force before it says
 * nothing new and is left out; one for an instant that has a step already replaces it. Returns the
 * same array when nothing changed, so that readers can compare by identity.
 *
 * A later step is never taken away because an earlier one, learnt after it, says the same: the next
 * one to be learnt (history is read back piece by piece) may lie between them.
 */
export function withLimitStep(steps: LimitSteps, step: LimitStep): LimitSteps {
  const before = limitStepAt(steps, step.from)
  if (before && isSameLimit(before, step)) return steps
  const kept = before?.from === step.from ? steps.filter((known) => known !== before) : steps
  const index = kept.findLastIndex((known) => known.from < step.from) + 1
  return kept.toSpliced(index, 0, step)
}

const isSameLimit = (a: LimitStep, b: LimitStep) => a.value === b.value && a.source === b.source
