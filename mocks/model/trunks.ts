import { identifier, STREAM } from './noise.ts'
import type { World } from './world.ts'

/**
 * The external trunks, and how many calls each may carry at a time; 0 is without a limit, as the
 * vendor's help says of customers' own Edges (facts §3.5).
 */
export const TRUNKS = [
  { name: 'Carrier North', maxCalls: 300 },
  { name: 'Carrier South', maxCalls: 250 },
  { name: 'Mobile', maxCalls: 120 },
  { name: 'Fax', maxCalls: 0 },
] as const

export const trunkId = ({ seed }: World, index: number) => identifier(seed, index, STREAM.trunks)

/** The id of the settings that a trunk has; each has its own. */
export const trunkBaseId = ({ seed }: World, index: number) =>
  identifier(seed, 200 + index, STREAM.trunks)
