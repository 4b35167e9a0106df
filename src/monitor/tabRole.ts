import { type EpochMs, MINUTE_MS } from '#domain/units.ts'
import type { OrgFacts } from './orgFacts.ts'

type Board = { facts: () => OrgFacts; set: (part: Partial<OrgFacts>) => void }
type Options = { isLeading: () => boolean; now: () => EpochMs }

/** A tab that asks says something every ten seconds; one that was silent for this long is gone. */
const OTHER_BUILD_HOLDS_MS = MINUTE_MS

/** What this tab does among those of its organisation, as far as screens tell it. */
export function createTabRole({ facts, set }: Board, { isLeading, now }: Options) {
  const isIdle = () => (facts().idleSince ?? null) !== null

  return {
    /** Another tab may ask from now on. An idle one only reads along where it knows of somebody who does. */
    lost: () => set({ role: isIdle() ? 'resting' : 'following' }),
    /** The tab that asked has stopped. One that is not idle is about to take its place. */
    rested() {
      if (!isLeading() && isIdle()) set({ role: 'resting' })
    },
    /** Nobody has looked at this page for long, or somebody does again. */
    idle(isIdleNow: boolean) {
      set({ idleSince: isIdleNow ? now() : null })
      if (!isIdleNow && facts().role === 'resting') set({ role: 'following' })
    },
    /** A tab was heard that this one cannot understand. */
    heardOtherBuild: () => set({ otherBuildAt: now() }),
    /** Forgets a tab that has not been heard for long. */
    look() {
      const { otherBuildAt = null } = facts()
      if (otherBuildAt !== null && Math.abs(now() - otherBuildAt) > OTHER_BUILD_HOLDS_MS)
        set({ otherBuildAt: null })
    },
  }
}

/** Whether this tab knows its place yet: whether it asks, or who does. */
export function createPlace() {
  let isKnown = false
  let resolve: () => void = () => undefined
  const isFound = new Promise<void>((done) => {
    resolve = done
  })
  return {
    isFound,
    isKnown: () => isKnown,
    found() {
      isKnown = true
      resolve()
    },
  }
}
