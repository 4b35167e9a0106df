import { leakOf, type LeakWord } from '../evidence/leak/leak.ts'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import type { Series } from '../series/series.ts'
import { iterationsOf, type Run } from '../timeline/iterations.ts'
import type { Marker } from '../timeline/marker.ts'
import { numberedByName } from '../timeline/namedNumber.ts'
import { type EpochMs, later, MINUTE_MS, type MetricId } from '../units.ts'

/** What the floors of a run said at one instant. */
export type LeakLook = {
  at: EpochMs
  metric: MetricId
  word: LeakWord
  /** Rise per iteration; null where there is none to speak of. */
  perIteration: number | null
  floors: number
}

/** Where floors are read from. */
export type LeakSources = {
  metric: MetricId
  markers: readonly Marker[]
  limits: LimitSteps
  /** Samples in [from, to], oldest first. */
  slice: (from: EpochMs, to: EpochMs) => Series
  /** Tidemark's own connections within the count. */
  own: number
}

/** A drain has mostly come to rest by then; if not, the second look or the next iteration sees it. */
const LOOKS_AFTER_END_MS = [MINUTE_MS, 5 * MINUTE_MS]

/**
 * The looks at a leak that fall due in (after, to]: when an iteration begins, and a minute and five
 * after one has ended. They follow from the markers alone, so that it does not matter who asks how
 * often. Runs of files say nothing here. Costs a `leakOf` per look over the samples of its run.
 */
export function leakLooks(sources: LeakSources, after: EpochMs, to: EpochMs): LeakLook[] {
  return iterationsOf(sources.markers, to)
    .filter(({ isFile }) => !isFile)
    .flatMap((run) => dueIn(run, after, to).map((at) => lookAt(sources, run, at)))
    .sort((a, b) => a.at - b.at)
}

function dueIn({ iterations }: Run, after: EpochMs, to: EpochMs): EpochMs[] {
  const due = iterations.flatMap((iteration, i) => {
    const nextFrom = iterations[i + 1]?.from ?? Infinity
    const ends =
      iteration.to === null ? [] : LOOKS_AFTER_END_MS.map((ms) => later(iteration.to!, ms))
    return [iteration.from, ...ends.filter((at) => at < nextFrom)]
  })
  return due.filter((at) => at > after && at <= to)
}

function lookAt(sources: LeakSources, run: Run, at: EpochMs): LeakLook {
  const { metric, markers, limits, slice, own } = sources
  // As the run looked then: what was marked later is not known yet.
  const then = iterationsOf(markers, at).find((one) => !one.isFile && one.from === run.from) ?? run
  const iterations = numberedByName(then.iterations)
  const leak = leakOf({ series: slice(run.from, at), limits, iterations, own, to: at })
  return {
    at,
    metric,
    word: leak.word,
    perIteration: leak.perIteration?.value ?? null,
    floors: leak.count,
  }
}
