import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { Observation } from '#domain/observation.ts'
import { horizonsAt } from '#domain/retention.ts'
import {
  type DurationMs,
  durationMs,
  epochMs,
  type EpochMs,
  later,
  MINUTE_MS,
  SECOND_MS,
} from '#domain/units.ts'
import type { Span } from './keptWindows.ts'
import { readErrors } from './readErrors.ts'
import { type MetricInfos, readInfos } from './readInfos.ts'
import { readLimits } from './readLimits.ts'
import type { Asking, Grid } from './readSeries.ts'

/** What of a stretch is told one by one: limits that changed, errors, and how metrics are described. */
export type Told = {
  limits: Observation['limits']
  errors: readonly ErrorEvent[]
  /** By the stretch that was asked about, oldest first. */
  described: readonly (Span & { infos: MetricInfos })[]
}

/** The finest steps in which anything is told. */
export const SHORT_STEP_MS = durationMs(10 * SECOND_MS)

/** What a stretch tells, both of its ends on whole minutes; limits to the step. */
export async function readTold(
  asking: Asking,
  organisation: string,
  span: Span,
  { stepMs, now }: { stepMs: DurationMs; now: EpochMs },
): Promise<Told> {
  const [limits, errors, infos] = await Promise.all([
    readLimits(asking, organisation, gridOver(span, stepMs)),
    readErrorsWithin(asking, organisation, span, now),
    readInfos(asking, { organisation, ...span }),
  ])
  return { limits, errors, described: [{ ...span, infos }] }
}

/** What parts tell that follow each other. What held before a span is kept: it says what holds in it. */
export function joinedTold(parts: readonly Told[], { from, to }: Span): Told {
  return {
    limits: parts.flatMap(({ limits }) => limits).filter(({ step }) => step.from < to),
    errors: parts.flatMap(({ errors }) => errors).filter(({ at }) => at >= from && at < to),
    described: parts
      .flatMap(({ described }) => described)
      .filter((part) => part.from < to && part.to > from),
  }
}

/** How the metrics of all its stretches are described: of several descriptions the newest. */
export const infosOf = ({ described }: Told): MetricInfos =>
  new Map(described.flatMap(({ infos }) => [...infos]))

/**
 * Errors stand at the beginning of a step: by how old they are and never by how long the window is,
 * since one that stood elsewhere the next time would be counted twice. As in the history here, old
 * ones are told by the minute.
 */
async function readErrorsWithin(
  asking: Asking,
  organisation: string,
  { from, to }: Span,
  now: EpochMs,
): Promise<ErrorEvent[]> {
  const youngFrom = epochMs(Math.ceil(horizonsAt(now).raw / MINUTE_MS) * MINUTE_MS)
  const read = (span: Span, stepMs: DurationMs) =>
    span.from < span.to ? readErrors(asking, organisation, gridOver(span, stepMs)) : []
  const [old, young] = await Promise.all([
    read({ from, to: epochMs(Math.min(to, youngFrom)) }, MINUTE_MS),
    read({ from: epochMs(Math.max(from, youngFrom)), to }, SHORT_STEP_MS),
  ])
  return [...old, ...young]
}

/** The steps of a stretch; each is asked about where it ends. */
const gridOver = ({ from, to }: Span, stepMs: DurationMs): Grid => ({
  first: later(from, stepMs),
  last: to,
  stepMs,
})
