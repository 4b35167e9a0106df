import { type DurationMs, durationMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../units.ts'
import { addUp } from './minuteMerge.ts'
import { cutTo, roomFor, startStep, type Summaries } from './minuteSummaries.ts'

/** More steps than these show nothing more: the widest screens have 3 840 pixels across. */
const MOST_STEPS = 6_000

/**
 * All of them divide a day, so that days can be read one by one. Above five minutes whole half hours
 * alone: those are kept ready.
 */
const STEPS_MS: readonly DurationMs[] = [
  ...[1, 2, 5, 30].map((minutes) => durationMs(minutes * MINUTE_MS)),
  ...[1, 2, 3, 6, 12].map((hours) => durationMs(hours * HOUR_MS)),
]

/** The length of the steps that show a stretch of time in at most 6 000 of them; a day at most. */
export const stepFor = (lengthMs: DurationMs): DurationMs =>
  STEPS_MS.find((stepMs) => lengthMs / stepMs <= MOST_STEPS) ?? DAY_MS

/**
 * The same in longer steps, `stepMs` each, which must be a whole number of those of `steps`: the
 * lowest of the lowest, the highest of the highest, sums and counts added, the last of the last. A
 * peak is never hidden; where in the step it was is not known any more. O(n).
 */
export function coarsened(steps: Summaries, stepMs: DurationMs): Summaries {
  if (stepMs === steps.stepMs) return steps
  const coarse = roomFor(stepsNeeded(steps, stepMs), stepMs)
  let size = 0
  for (let i = 0; i < steps.startMs.length; i++) {
    const startMs = Math.floor(steps.startMs[i]! / stepMs) * stepMs
    if (size === 0 || coarse.startMs[size - 1] !== startMs) startStep(coarse, size++, startMs)
    addUp(coarse, size - 1, steps, i)
  }
  return cutTo(coarse, size)
}

/** At least as many steps as there will be: no more than minutes, and no more than fit between its ends. */
function stepsNeeded({ startMs }: Summaries, stepMs: DurationMs): number {
  const lengthMs = startMs.length === 0 ? 0 : startMs.at(-1)! - startMs[0]!
  return Math.min(startMs.length, Math.floor(lengthMs / stepMs) + 2)
}
