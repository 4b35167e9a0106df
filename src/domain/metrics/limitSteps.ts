import type { EpochMs } from '../units.ts'

/**
 * A limit from an instant on. `value: null` means that it is not known, with the reason in
 * `source`; unknown is never 0 and never infinity.
 */
export type LimitStep = { from: EpochMs; value: number | null; source: string }

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

/**
 * Adds what was learnt about a limit. A step that repeats the value and source before it says
 * nothing new and is left out; one for an instant that has a step already replaces it. Returns
 * the same array when nothing changed, so that readers can compare by identity.
 */
export function withLimitStep(steps: LimitSteps, step: LimitStep): LimitSteps {
  const before = limitStepAt(steps, step.from)
  if (before && isSameLimit(before, step)) return steps
  // By far the commonest: the newest step, when a moving limit moves.
  const last = steps.at(-1)
  if (!last || last.from < step.from) return [...steps, step]
  const kept = steps.filter((known) => known.from !== step.from)
  const index = kept.findIndex((known) => known.from > step.from)
  const merged = index < 0 ? [...kept, step] : kept.toSpliced(index, 0, step)
  return merged.filter((known, i) => i === 0 || !isSameLimit(merged[i - 1]!, known))
}

const isSameLimit = (a: LimitStep, b: LimitStep) => a.value === b.value && a.source === b.source
