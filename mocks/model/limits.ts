import type { LimitPlanStep, SimSec } from '../scenarios/scenario.ts'
import type { World } from './world.ts'

/**
 * The registry's place for the cap on connections. No key of the real registry is known for it (facts
 * §1.4), so this one says in its name that it is made up.
 */
export const CONNECTION_LIMIT = {
  namespace: 'notifications',
  key: 'simulated.connections.concurrent.max',
} as const

/** Seconds that waiting clients take to fill the room that a raised limit made. */
const FILL_SEC = 20

/** The step of the connection limit in force; the first one also before it begins. */
export function limitStepAt({ scenario }: World, sec: SimSec): LimitPlanStep {
  return scenario.limits.findLast((step) => step.from <= sec) ?? scenario.limits[0]!
}

/** The configured limit of connections at an instant. */
export const limitAt = (world: World, sec: SimSec) => limitStepAt(world, sec).value

/** Connections that could be open at an instant: after a raise the new room fills up gradually. */
export function roomAt(world: World, sec: SimSec): number {
  const steps = world.scenario.limits
  const step = limitStepAt(world, sec)
  const before = steps[steps.indexOf(step) - 1]
  if (!before || sec >= step.from + FILL_SEC) return step.value
  const share = (sec - step.from) / FILL_SEC
  return Math.round(before.value + (step.value - before.value) * share)
}
