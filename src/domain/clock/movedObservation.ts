import type { Observation } from '../observation.ts'
import { type ClockMove, movedInstant, movedSeries } from './movedSeries.ts'

/**
 * What was learnt from a source whose clock is off, with all of its instants moved: samples, limits, errors,
 * markers and clients. Ids, and everything else, stay as they are; so do lengths, which a drift
 * of a few hundred parts per million does not change by what anybody can see. O(n).
 */
export function movedObservation(observed: Observation, move: ClockMove): Observation {
  const { movedMs, drift } = move
  if (movedMs === 0 && !drift) return observed
  const moved = <One extends { at: number }>(one: One) => ({
    ...one,
    at: movedInstant(one.at, move),
  })
  return {
    ...observed,
    samples: observed.samples.map(({ metric, series }) => ({
      metric,
      series: movedSeries(series, movedMs, drift),
    })),
    limits: observed.limits.map(({ metric, step }) => ({
      metric,
      step: { ...step, from: movedInstant(step.from, move) },
    })),
    errors: observed.errors.map(moved),
    markers: observed.markers.map(moved),
    clients: observed.clients.map(moved),
  }
}
