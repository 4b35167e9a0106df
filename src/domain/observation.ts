import type { ErrorEvent } from './errors/errorEvent.ts'
import type { ClientEvent } from './evidence/demand/clientEvents.ts'
import type { RegistryFact } from './limits/registryFact.ts'
import type { LimitStep } from './metrics/limitSteps.ts'
import type { Metric } from './metrics/metric.ts'
import type { Series } from './series/series.ts'
import type { Marker } from './timeline/marker.ts'
import type { MetricId } from './units.ts'

/**
 * What was learnt at one go: from a reply, a page of a feed, a chunk of a file, another tab. Every
 * source speaks it and every store takes it, so a new source needs no new path. Plain data that
 * survives `structuredClone`.
 */
export type Observation = {
  /** Metrics that samples or limits here speak of, when they were not known from the catalogue. */
  metrics: readonly Metric[]
  samples: readonly { metric: MetricId; series: Series }[]
  limits: readonly { metric: MetricId; step: LimitStep }[]
  errors: readonly ErrorEvent[]
  markers: readonly Marker[]
  /** What clients told apart did; empty where the source does not tell them apart. */
  clients: readonly ClientEvent[]
  /** What the organisation's registry of limits told. */
  registry: readonly RegistryFact[]
}

export const NOTHING_OBSERVED: Observation = {
  metrics: [],
  samples: [],
  limits: [],
  errors: [],
  markers: [],
  clients: [],
  registry: [],
}

/** An observation that holds only the given parts. */
export const observation = (parts: Partial<Observation>): Observation => ({
  ...NOTHING_OBSERVED,
  ...parts,
})

/** Taking in so many errors takes a few milliseconds. */
const ERRORS_AT_ONCE = 1_000

/**
 * The same in parts that are each taken in quickly: all the rest first, then the errors, oldest first.
 * Those of one instant stay together, because equal errors in one part are separate failures and in two
 * parts the same one.
 */
export function inParts(observed: Observation): Observation[] {
  if (observed.errors.length <= ERRORS_AT_ONCE) return [observed]
  const errors = observed.errors.toSorted((a, b) => a.at - b.at)
  const parts = [{ ...observed, errors: [] as readonly ErrorEvent[] }]
  for (let start = 0; start < errors.length; ) {
    let end = Math.min(errors.length, start + ERRORS_AT_ONCE)
    while (end < errors.length && errors[end]!.at === errors[end - 1]!.at) end += 1
    parts.push(observation({ errors: errors.slice(start, end) }))
    start = end
  }
  return parts
}
