import type { SimSec } from '../scenarios/scenario.ts'
import { connectionSecond, demandAt } from './connections.ts'
import { type Iteration, iterationOf } from './iterations.ts'
import { limitAt } from './limits.ts'
import type { World } from './world.ts'

/** Share of the limit from which connections count as at the limit (design §3). */
export const AT_LIMIT_SHARE = 0.98

/** [from, to) in seconds of the simulation. */
export type Stretch = { from: SimSec; to: SimSec }

/** The iterations that touch a stretch. */
export function iterationsWithin({ scenario }: World, { from, to }: Stretch): Iteration[] {
  const { load, baseline } = scenario
  if (!load) return []
  const indexAt = (sec: SimSec) => Math.floor((sec - load.firstIterationAt) / load.periodSec)
  const first = Math.max(0, indexAt(from))
  const last = indexAt(to - 1)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    iterationOf(load, baseline, first + i),
  )
}

/**
 * When connections are planned to be at the limit: from where a ramp crosses 98 % to where the
 * drain does, cut where the limit is raised. Worked out from the plan, not from the series, so
 * that the one can be held against the other; noise moves the edges by a second or two.
 */
export function episodesAtLimit(world: World, stretch: Stretch): Stretch[] {
  return iterationsWithin(world, stretch).flatMap((iteration) => {
    const { startsAt, rampedAt, endsAt, drainedAt, floorBefore, peak, floorAfter } = iteration
    const level = AT_LIMIT_SHARE * limitAt(world, rampedAt)
    if (peak < level) return []
    const from = startsAt + ((level - floorBefore) / (peak - floorBefore)) * (rampedAt - startsAt)
    const drained = endsAt + ((peak - level) / (peak - floorAfter)) * (drainedAt - endsAt)
    const raisedAt = world.scenario.limits.find(
      (step) => step.from > rampedAt && step.from < endsAt,
    )?.from
    const to = raisedAt ?? drained
    return to > stretch.from && from < stretch.to ? [{ from, to }] : []
  })
}

/**
 * What retries make of a stretch at the limit: all attempts, and the demands behind them. Everyone
 * who is let in is one demand, and so is each client that waits, however often it tries: who waits
 * comes back within a minute and is not let in while the limit stands.
 */
export function retriesWithin(world: World, { from, to }: Stretch) {
  let attempts = 0
  let accepted = 0
  let mostWaiting = 0
  for (let sec = from; sec < to; sec += 1) {
    const books = connectionSecond(world, sec)
    accepted += books.accepted
    attempts += books.accepted + books.refused
    if (books.refused > 0) mostWaiting = Math.max(mostWaiting, demandAt(world, sec) - books.limit)
  }
  const demands = accepted + mostWaiting
  return { attempts, demands, amplification: demands > 0 ? attempts / demands : 1 }
}

/** The floors that a leak leaves: one per drained iteration of a run's length, oldest first. */
export const floorsWithin = (world: World, stretch: Stretch) =>
  iterationsWithin(world, stretch).map(({ drainedAt, nextAt, floorAfter }) => ({
    from: drainedAt,
    to: nextAt,
    value: floorAfter,
  }))
