import type { SimSec } from '../scenarios/scenario.ts'
import { iterationAt } from './iterations.ts'
import type { World } from './world.ts'

/** `run` and `iteration` begin something, `end` says that the load is off. */
export type SimMarker = { at: SimSec; kind: 'run' | 'iteration' | 'end'; label: string }

/** The markers that a second of the load test brings. */
export function markersInSecond({ scenario }: World, sec: SimSec): SimMarker[] {
  const iteration = scenario.load && iterationAt(scenario.load, scenario.baseline, sec)
  if (!iteration) return []
  const { run, number, startsAt, endsAt } = iteration
  const label = `Run ${run}, iteration ${number}`
  if (sec === endsAt) return [{ at: sec, kind: 'end', label: `${label}: load off` }]
  if (sec !== startsAt) return []
  const begins: SimMarker[] = number === 1 ? [{ at: sec, kind: 'run', label: `Run ${run}` }] : []
  return [...begins, { at: sec, kind: 'iteration', label: `Iteration ${number}` }]
}
