import type { SimSec } from '../scenarios/scenario.ts'
import { type ConnectionSecond, connectionSecond, demandAt, openAt } from './connections.ts'
import { noiseAt, STREAM } from './noise.ts'
import { refusedRanks } from './retries.ts'
import type { World } from './world.ts'

/** What one client did within a second. */
export type ClientAct = {
  /** Milliseconds into the second. */
  withinMs: number
  client: string
  event: 'opened' | 'refused' | 'closed'
  /** How long the answer took; 0 for `closed`. */
  tookMs: number
}

/** A refusal is quick: nothing is set up. */
const TOOK_MS = { opened: { least: 30, spread: 60 }, refused: { least: 8, spread: 14 } }

/**
 * When things happen in a second: first the crowd grows or shrinks, then connections that have
 * lived their time are closed, then the same clients open new ones. So nobody opens what is open.
 */
const PHASE_MS = {
  crowd: { from: 0, to: 400 },
  closing: { from: 400, to: 600 },
  reopening: { from: 600, to: 1000 },
  /** Of a storm. */
  together: { from: 0, to: 300 },
  anyTime: { from: 0, to: 1000 },
} as const

/**
 * What every client did within a second, oldest first: the books of `connectionSecond`, client by
 * client. Clients are numbered by rank: those who want in are 1 … demand, those who are in are
 * 1 … open. Who leaves first came last; a connection that has lived its time is opened again by the
 * same client. Pure, and no dearer in the hundredth hour than in the first.
 */
export function clientActsInSecond(
  world: World,
  sec: SimSec,
  books: ConnectionSecond = connectionSecond(world, sec),
): ClientAct[] {
  const { seed, scenario } = world
  const { open, accepted } = books
  const before = openAt(world, sec - 1)
  const acts: ClientAct[] = []

  function act(rank: number, event: ClientAct['event'], phase: keyof typeof PHASE_MS) {
    const { from, to } = PHASE_MS[phase]
    const chance = noiseAt(seed + rank * 31, sec, STREAM.clients)
    const took = event === 'closed' ? null : TOOK_MS[event]
    acts.push({
      withinMs: from + Math.floor(chance * (to - from)),
      client: `c${rank}`,
      event,
      tookMs: took ? took.least + Math.floor(chance * took.spread) : 0,
    })
  }

  for (let rank = before + 1; rank <= open; rank += 1) act(rank, 'opened', 'crowd')
  for (let rank = open + 1; rank <= before; rank += 1) act(rank, 'closed', 'crowd')
  for (const rank of renewedRanks(world, sec, open, accepted - Math.max(0, open - before))) {
    act(rank, 'closed', 'closing')
    act(rank, 'opened', 'reopening')
  }
  if (books.refused > 0)
    for (const rank of refusedRanks(world, sec, open, demandAt(world, sec)))
      act(rank, 'refused', scenario.isStorm ? 'together' : 'anyTime')
  return acts.sort((a, b) => a.withinMs - b.withinMs)
}

/** So many different ones of those who are in, evenly spread from a place that chance decides. */
function renewedRanks({ seed }: World, sec: SimSec, open: number, count: number): number[] {
  const start = Math.floor(noiseAt(seed, sec, STREAM.renewed) * open)
  const stride = Math.floor(open / Math.max(1, count))
  return Array.from({ length: count }, (_, i) => 1 + ((start + i * stride) % open))
}
