import type { LoadPlan, SimSec } from '../scenarios/scenario.ts'

/** One repetition of a load test. All times are seconds of the simulation. */
export type Iteration = {
  /** Counted over all runs, from 0. */
  index: number
  run: number
  /** Position within its run, from 1, as on markers. */
  number: number
  startsAt: SimSec
  rampedAt: SimSec
  /** The load is off from here on. */
  endsAt: SimSec
  drainedAt: SimSec
  /** The next iteration begins here. */
  nextAt: SimSec
  floorBefore: number
  peak: number
  floorAfter: number
}

/** The iteration an instant lies in; null before the first one. */
export function iterationAt(plan: LoadPlan, baseline: number, sec: SimSec): Iteration | null {
  const index = Math.floor((sec - plan.firstIterationAt) / plan.periodSec)
  return index < 0 ? null : iterationOf(plan, baseline, index)
}

/** The iteration of an index counted over all runs. */
export function iterationOf(plan: LoadPlan, baseline: number, index: number): Iteration {
  const inRun = index % plan.iterationsPerRun
  const startsAt = plan.firstIterationAt + index * plan.periodSec
  const floorBefore = baseline + plan.leakPerIteration * inRun
  const isLastOfRun = inRun + 1 === plan.iterationsPerRun
  return {
    index,
    run: plan.firstRun + Math.floor(index / plan.iterationsPerRun),
    number: inRun + 1,
    startsAt,
    rampedAt: startsAt + plan.rampSec,
    endsAt: startsAt + plan.rampSec + plan.holdSec,
    drainedAt: startsAt + plan.rampSec + plan.holdSec + plan.drainSec,
    nextAt: startsAt + plan.periodSec,
    floorBefore,
    peak: floorBefore + plan.peaks[index % plan.peaks.length]!,
    // The application is restarted between runs: what it leaked is released.
    floorAfter: isLastOfRun ? baseline : floorBefore + plan.leakPerIteration,
  }
}

/**
 * Connections that the tested application takes for closed and that are not: what earlier
 * iterations left open, and during the drain what this one adds to it.
 */
export function unreleasedIn(iteration: Iteration, baseline: number, sec: SimSec): number {
  const { endsAt, drainedAt, floorBefore, floorAfter } = iteration
  const drained = Math.min(1, Math.max(0, (sec - endsAt) / (drainedAt - endsAt)))
  return Math.round(floorBefore + (floorAfter - floorBefore) * drained) - baseline
}

/** Connections wanted at an instant of an iteration, before noise and before any limit. */
export function levelIn(iteration: Iteration, sec: SimSec): number {
  const { startsAt, rampedAt, endsAt, drainedAt, floorBefore, peak, floorAfter } = iteration
  const between = (from: number, to: number, share: number) => from + (to - from) * share
  if (sec < rampedAt) return between(floorBefore, peak, (sec - startsAt) / (rampedAt - startsAt))
  if (sec < endsAt) return peak
  if (sec < drainedAt) return between(peak, floorAfter, (sec - endsAt) / (drainedAt - endsAt))
  return floorAfter
}
