import type { SimSec } from '../scenarios/scenario.ts'
import { noiseAt, STREAM, wholeByChance } from './noise.ts'
import type { World } from './world.ts'

/** How far the times of one client stray from its beat, as a share of it. */
const STRAY_SHARE = 0.3
/** In a storm, one in so many does not wait for the others, each second. */
const IMPATIENT_SHARE = 0.01

/**
 * Who is refused within a second. Clients are numbered: those up to `places` are in, those after
 * them up to `wanted` wait and try again, each about every `retryEverySec` at times of its own, or
 * in a storm all at once. Costs one look at each that waits.
 */
export function refusedRanks(world: World, sec: SimSec, places: number, wanted: number): number[] {
  const { scenario, seed } = world
  const waiting = Array.from({ length: Math.max(0, wanted - places) }, (_, i) => places + 1 + i)
  if (!scenario.isStorm) return waiting.filter((rank) => isDue(world, rank, sec))
  if (sec % scenario.retryEverySec === 0) return waiting
  const chance = noiseAt(seed, sec, STREAM.refusal)
  const impatient = wholeByChance(waiting.length * IMPATIENT_SHARE, chance)
  return impatient === 0 ? [] : waiting.slice(-impatient)
}

/** Whether a waiting client tries within a second: once in each turn of its own beat. */
function isDue({ scenario: { retryEverySec }, seed }: World, rank: number, sec: SimSec): boolean {
  const offset = Math.floor(noiseAt(seed, rank, STREAM.retry) * retryEverySec)
  const turn = Math.floor((sec + offset) / retryEverySec)
  const stray = STRAY_SHARE * noiseAt(seed + rank * 131, turn, STREAM.retry)
  return turn * retryEverySec - offset + Math.floor(stray * retryEverySec) === sec
}
