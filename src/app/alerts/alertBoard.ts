import type { Severity } from '#domain/alerts/alertRule.ts'
import type { OrgId } from '#domain/units.ts'
import type { AlertDesk } from '#monitor/alerts/alertDesk.ts'

/** How many alerts fire that nobody has seen, over all organisations of this page. */
export type Unseen = Readonly<Record<Severity, number>>

const NONE: Unseen = { critical: 0, warn: 0 }

/** The alert desks of the organisations on watch. */
export function createAlertBoard() {
  const desks = new Map<OrgId, AlertDesk>()
  const listeners = new Set<() => void>()
  let unseen = NONE

  function count() {
    const firing = [...desks.values()].flatMap((desk) => desk.shown().active)
    // What is over but for the time it is kept firing calls nobody.
    const open = firing.filter(({ acknowledged, clearedAt }) => !acknowledged && clearedAt === null)
    const critical = open.filter(({ severity }) => severity === 'critical').length
    const warn = open.length - critical
    if (critical === unseen.critical && warn === unseen.warn) return
    unseen = { critical, warn }
    for (const listener of listeners) listener()
  }

  return {
    /** Follows a desk until it is stopped. Gives the desk to be used. */
    add(org: OrgId, desk: AlertDesk): AlertDesk {
      desks.set(org, desk)
      const leave = desk.subscribe(count)
      count()
      return {
        ...desk,
        stop() {
          leave()
          desk.stop()
          if (desks.get(org) === desk) desks.delete(org)
          count()
        },
      }
    },
    unseen: () => unseen,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export type AlertBoard = ReturnType<typeof createAlertBoard>
