import type { SimSec } from '../scenarios/scenario.ts'
import { callsAt } from './calls.ts'
import { STREAM, smoothNoise } from './noise.ts'
import type { World } from './world.ts'

/** Flow types and how many of them run at a time; inbound calls follow the calls. */
const FLOWS = [
  { type: 'INBOUNDCALL', base: 0 },
  { type: 'BOT', base: 12 },
  { type: 'DIGITALBOT', base: 26 },
  { type: 'INBOUNDSHORTMESSAGE', base: 9 },
  { type: 'WORKFLOW', base: 17 },
] as const

/** Live executions by flow type. */
export const flowsAt = (world: World, sec: SimSec): { type: string; count: number }[] =>
  FLOWS.map(({ type, base }, index) => {
    const mean = base || callsAt(world, sec).calls * 0.14
    const wave = 1 + 0.5 * (smoothNoise(world.seed + index, sec / 75, STREAM.flows) - 0.5)
    return { type, count: Math.round(mean * wave) }
  })
