import type { LimitSteps } from '../../metrics/limitSteps.ts'
import { type EpochMs, epochMs } from '../../units.ts'

/** A stretch in which one limit was in force: [from, to). */
export type InForce = { from: EpochMs; to: EpochMs }

/** A raised limit, with the time that each of the two values had to itself. */
export type Raise = {
  at: EpochMs
  oldLimit: number
  newLimit: number
  before: InForce
  after: InForce
}

/**
 * The newest raise of a known limit after the beginning of a window; null where there is none. What
 * was lowered is no cure to be judged.
 *
 * `before` begins with the change before it (or the window) and `after` ends with the next one (or
 * the window). Steps that repeat a value, as another source that says the same does, are no change.
 * While a limit was not known it belongs to neither side.
 */
export function newestRaise(limits: LimitSteps, from: EpochMs, to: EpochMs): Raise | null {
  const stretches = inForce(limits, from, to)
  for (let i = stretches.length - 1; i > 0; i--) {
    const [before, after] = [stretches[i - 1]!, stretches[i]!]
    if (!(after.value > before.value)) continue
    const { value: oldLimit, ...was } = before
    const { value: newLimit, ...is } = after
    return { at: after.from, oldLimit, newLimit, before: was, after: is }
  }
  return null
}

/** The known limits of a window, oldest first, as long as each was in force. */
function inForce(limits: LimitSteps, from: EpochMs, to: EpochMs): (InForce & { value: number })[] {
  const steps = limits.toSorted((a, b) => a.from - b.from)
  const stretches: (InForce & { value: number })[] = []
  for (const [i, { from: start, value }] of steps.entries()) {
    const begin = epochMs(Math.max(from, start))
    const end = epochMs(Math.min(to, steps[i + 1]?.from ?? to))
    if (!(end > begin) || value === null || !Number.isFinite(value)) continue
    const newest = stretches.at(-1)
    if (newest?.value === value && newest.to === begin) newest.to = end
    else stretches.push({ from: begin, to: end, value })
  }
  return stretches
}
