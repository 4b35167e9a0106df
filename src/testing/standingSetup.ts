import { orgId } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import type { WatchState } from '#monitor/watches.ts'
import type { Member } from '#state/standing/standing.ts'
import { createStandingBoard } from '#state/standing/standingBoard.ts'
import { createSteeredClock } from './steeredClock.ts'
import { type StillMonitor, stillMonitor } from './stillMonitor.ts'
import { FACTS_AT, wellFacts } from './wellFacts.ts'

/** An organisation of a list, by its name; on watch unless something else is said. */
export function someMember(
  name: string,
  known: Partial<OrgFacts> = {},
): Member & { monitor: StillMonitor } {
  const organisation = {
    ...wellFacts().organisation,
    id: orgId(name.toLowerCase().replaceAll(' ', '-')),
    name,
    ...known.organisation,
  }
  const monitor = stillMonitor(FACTS_AT, { ...known, organisation })
  const watch: WatchState = { kind: 'watched', watched: { organisation, monitor } }
  return { organisation, watch, isSignedIn: true, monitor }
}

/** The same, where nothing is watched. */
export const unwatched = (
  name: string,
  watch: Exclude<WatchState, { kind: 'watched' }> | null = null,
): Member => ({ ...someMember(name), watch, isSignedIn: false })

/** A board over a list that a test changes; its clock moves only when told to. */
export function standingSetup(members: readonly Member[]) {
  const listeners = new Set<() => void>()
  const steered = createSteeredClock(FACTS_AT)
  let list = members
  const board = createStandingBoard({
    members: () => list,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clock: steered.clock,
    timer: steered.timer,
  })
  return {
    board,
    advance: steered.advance,
    /** Other organisations, or others' watch. */
    set: (next: readonly Member[]) => {
      list = next
      for (const listener of listeners) listener()
    },
    listening: () => listeners.size,
  }
}
