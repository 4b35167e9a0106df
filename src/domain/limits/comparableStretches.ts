import type { Span } from '../incident/incident.ts'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import { type EpochMs, epochMs } from '../units.ts'
import type { ComparableChange } from './comparableChange.ts'

/** The time that each limit of a change had to itself; null where it had none. */
export type ComparableStretches = { before: Span | null; after: Span | null }

/**
 * How long the old limit held before a change and the new one after it, within `within`. Neither
 * reaches into the time in which this change, or another of the same metric, may have come into force,
 * nor into time in which the limit was not known. O(steps + changes).
 */
export function comparableStretches(
  change: ComparableChange,
  others: readonly ComparableChange[],
  steps: LimitSteps,
  within: Span,
): ComparableStretches {
  const stretches = stretchesOf(steps, within)
  const before = stretches.findLast(
    ({ from, value }) => value === change.from && from < change.earliest,
  )
  const after = stretches.find(({ to, value }) => value === change.to && to > change.latest)
  const mine = others.filter(({ id, metric }) => metric === change.metric && id !== change.id)
  const pastEnds = mine.map(({ latest }) => latest).filter((at) => at <= change.earliest)
  const nextBegins = mine.map(({ earliest }) => earliest).filter((at) => at >= change.latest)
  return {
    before: before
      ? span(Math.max(before.from, ...pastEnds), Math.min(before.to, change.earliest))
      : null,
    after: after
      ? span(Math.max(after.from, change.latest), Math.min(after.to, ...nextBegins))
      : null,
  }
}

const span = (from: number, to: number): Span | null =>
  to > from ? { from: epochMs(from), to: epochMs(to) } : null

/** Known limits, oldest first, as long as each held; steps that repeat a value are one stretch. */
function stretchesOf(steps: LimitSteps, { from, to }: Span) {
  const stretches: { from: EpochMs; to: EpochMs; value: number }[] = []
  for (const [i, step] of steps.entries()) {
    const begin = epochMs(Math.max(from, step.from))
    const end = epochMs(Math.min(to, steps[i + 1]?.from ?? to))
    if (!(end > begin) || step.value === null) continue
    const newest = stretches.at(-1)
    if (newest?.value === step.value && newest.to === begin) newest.to = end
    else stretches.push({ from: begin, to: end, value: step.value })
  }
  return stretches
}
