import type { SimSec } from '../scenarios/scenario.ts'
import { iterationAt, levelIn } from './iterations.ts'
import { limitAt, roomAt } from './limits.ts'
import { noiseAt, STREAM, smoothNoise, wholeByChance } from './noise.ts'
import { refusedRanks } from './retries.ts'
import type { World } from './world.ts'

/** A connection is kept for about ten minutes, then another takes its place. */
export const LIFE_SEC = 600
const WOBBLE = 10
const WOBBLE_SEC = 12
const TIDE = 0.16
const TIDE_SEC = 420

/** What the door for connections saw within one second. */
export type ConnectionSecond = {
  /** Open at the end of the second. */
  open: number
  limit: number
  accepted: number
  closed: number
  /** Refused because the limit was reached; never more than 0 below it. */
  refused: number
  /** Sockets that broke rather than closed. */
  broken: number
}

/** The share of sockets that a network drop has taken away, 0–1. */
function droppedShareAt({ scenario: { drops } }: World, sec: SimSec): number {
  if (!drops || sec < drops.firstAt) return 0
  const since = (sec - drops.firstAt) % drops.everySec
  if (since < drops.breakSec) return (drops.share * (since + 1)) / drops.breakSec
  return drops.share * Math.max(0, 1 - (since - drops.breakSec + 1) / drops.recoverSec)
}

/** Connections that clients want, limit or not. */
export function demandAt(world: World, sec: SimSec): number {
  const { scenario, seed } = world
  const iteration = scenario.load && iterationAt(scenario.load, scenario.baseline, sec)
  const level = iteration ? levelIn(iteration, sec) : scenario.baseline
  // A floor hardly moves, a crowd does.
  const restlessness = Math.min(1, level / 300)
  const wobble = WOBBLE * restlessness * (smoothNoise(seed, sec / WOBBLE_SEC, STREAM.wobble) - 0.5)
  const jitter = 3 * (noiseAt(seed, sec, STREAM.jitter) - 0.5)
  // Without a load test, the ordinary users come and go.
  const tide = scenario.load
    ? 0
    : TIDE * level * (smoothNoise(seed, sec / TIDE_SEC, STREAM.tide) - 0.5)
  const wanted = (level + wobble + tide + jitter) * (1 - droppedShareAt(world, sec))
  return Math.max(0, Math.round(wanted))
}

/** Open connections at an instant: pure in world and time, so every door and every replay agree. */
export const openAt = (world: World, sec: SimSec) =>
  Math.min(demandAt(world, sec), roomAt(world, sec))

/** The books of one second: accepted − closed is the change of open. */
export function connectionSecond(world: World, sec: SimSec): ConnectionSecond {
  const open = openAt(world, sec)
  const change = open - openAt(world, sec - 1)
  const churn = wholeByChance(open / LIFE_SEC, noiseAt(world.seed, sec, STREAM.churn))
  const isBreaking = change < 0 && droppedShareAt(world, sec) > droppedShareAt(world, sec - 1)
  return {
    open,
    limit: limitAt(world, sec),
    accepted: churn + Math.max(0, change),
    closed: churn + Math.max(0, -change),
    refused: refusedAt(world, sec, open),
    broken: isBreaking ? -change : 0,
  }
}

/** Nobody is refused while there is room. */
const refusedAt = (world: World, sec: SimSec, open: number) =>
  open < limitAt(world, sec) ? 0 : refusedRanks(world, sec, open, demandAt(world, sec)).length
