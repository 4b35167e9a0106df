import { authExpiry } from './scenarios/authExpiry.ts'
import { autoScaling } from './scenarios/autoScaling.ts'
import { flappingNetwork } from './scenarios/flappingNetwork.ts'
import { leakingApp } from './scenarios/leakingApp.ts'
import { limitRaised } from './scenarios/limitRaised.ts'
import { notCapacity } from './scenarios/notCapacity.ts'
import { quiet } from './scenarios/quiet.ts'
import { rampToLimit } from './scenarios/rampToLimit.ts'
import { rateLimited } from './scenarios/rateLimited.ts'
import { retryStorm } from './scenarios/retryStorm.ts'
import type { Scenario } from './scenarios/scenario.ts'

/** Every scenario, in the order in which the first screen offers them. */
export const SCENARIOS: readonly Scenario[] = [
  limitRaised,
  rampToLimit,
  leakingApp,
  retryStorm,
  notCapacity,
  quiet,
  authExpiry,
  rateLimited,
  flappingNetwork,
  autoScaling,
]

/** The scenario of a name; null where there is none. */
export const scenarioNamed = (name: string): Scenario | null =>
  SCENARIOS.find((scenario) => scenario.name === name) ?? null
