import type { Span } from '#domain/incident/incident.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'

/** A level of a limit within a window; `value: null` where it is unknown, with the reason in `source`. */
export type LimitSpan = Span & {
  value: number | null
  source: string
  /** Whether it was in force before the window began. */
  isEarlier: boolean
  /** From when it holds; null where no step says. */
  since: EpochMs | null
}

/** The levels of a limit in a window, in order and without holes. */
export function limitSpans(steps: LimitSteps, { from, to }: Span): LimitSpan[] {
  const begins = steps[0]?.from ?? to
  const before = {
    from,
    to: epochMs(Math.min(to, begins)),
    value: null,
    source: steps.length === 0 ? 'no source names one' : 'nobody had read it yet',
    isEarlier: true,
    since: null,
  }
  const known = steps.map((step, i) => ({
    from: epochMs(Math.max(from, step.from)),
    to: epochMs(Math.min(to, steps[i + 1]?.from ?? to)),
    value: step.value,
    source: step.source,
    isEarlier: step.from <= from,
    since: step.from,
  }))
  return [before, ...known].filter((span) => span.to > span.from)
}
