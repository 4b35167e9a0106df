import type { CapacityStep, SimSec } from '../scenarios/scenario.ts'
import { STREAM, smoothNoise } from './noise.ts'
import type { World } from './world.ts'

/** Percent of the capacity from which more of it is brought up. */
export const SCALING_TRIGGER_PERCENT = 80
/** How long before a step the platform says that it is scaling. */
const SCALING_LEAD_SEC = 60
const PREMISES_SHARE = 0.12

/** What `GET /telephony/calls/metrics` is answered from. */
export type CallState = {
  calls: number
  sessions: number
  maxCalls: number
  maxSessions: number
  scaling: 'Up' | 'Down' | 'None'
}

const phaseIn = (cycleSec: number, sec: SimSec) => ((sec % cycleSec) + cycleSec) % cycleSec

/** The capacity in force at an instant. */
export function capacityAt({ scenario: { calls } }: World, sec: SimSec): CapacityStep {
  const phase = phaseIn(calls.cycleSec, sec)
  return calls.capacity.findLast((step) => step.from <= phase)!
}

/** Concurrent calls and call sessions of the cloud; never above their capacity. */
export function callsAt(world: World, sec: SimSec): CallState {
  const { calls } = world.scenario
  const capacity = capacityAt(world, sec)
  const swing = calls.swing * Math.sin((2 * Math.PI * sec) / calls.swingSec)
  const wobble = 14 * (smoothNoise(world.seed, sec / 40, STREAM.calls) - 0.5)
  const legs = 24 * (smoothNoise(world.seed, sec / 25, STREAM.sessions) - 0.5)
  const concurrent = calls.base + swing + wobble
  const ahead = capacityAt(world, sec + SCALING_LEAD_SEC).sessions
  return {
    calls: Math.min(capacity.calls, Math.round(concurrent)),
    sessions: Math.min(capacity.sessions, Math.round(concurrent * calls.sessionsPerCall + legs)),
    maxCalls: capacity.calls,
    maxSessions: capacity.sessions,
    scaling: ahead > capacity.sessions ? 'Up' : ahead < capacity.sessions ? 'Down' : 'None',
  }
}

const NO_PREMISES: CallState = {
  calls: 0,
  sessions: 0,
  maxCalls: 0,
  maxSessions: 0,
  scaling: 'None',
}

/**
 * The part of the telephony that runs on the customer's own Edges: small and of fixed capacity. An
 * organisation without any has noughts throughout; what the platform says there is not known.
 */
export function premisesCallsAt(world: World, sec: SimSec): CallState {
  const { premises } = world.scenario
  if (!premises) return NO_PREMISES
  const { calls, sessions } = callsAt(world, sec - 7)
  return {
    calls: Math.min(premises.calls, Math.round(calls * PREMISES_SHARE)),
    sessions: Math.min(premises.sessions, Math.round(sessions * PREMISES_SHARE)),
    maxCalls: premises.calls,
    maxSessions: premises.sessions,
    scaling: 'None',
  }
}

/** Calls of the external trunks, which carry all calls between them. */
export function trunkCallsAt(world: World, sec: SimSec, trunk: number, trunks: number) {
  const share = (2 * (trunks - trunk)) / (trunks * (trunks + 1))
  const carried = callsAt(world, sec).calls * share
  const inbound = 0.6 + 0.15 * (smoothNoise(world.seed + trunk, sec / 60, STREAM.trunks) - 0.5)
  return {
    inbound: Math.round(carried * inbound),
    outbound: Math.round(carried * (1 - inbound)),
  }
}
