import { QueryClient } from '@tanstack/react-query'
import { epochMs, HOUR_MS, type OrgId } from '#domain/units.ts'
import { createOwnLoad, type OwnLoad } from '#monitor/doors.ts'
import { createFlushWhenDrawn } from '#monitor/flushWhenDrawn.ts'
import { orgKeys } from '#monitor/orgKeys.ts'
import { createWorkerTimer } from '#monitor/workerTimer.ts'
import { createIndexedDbHistory } from '#sources/history/indexedDbHistory.ts'
import {
  createHistoryPerOrganisation,
  type PastPlace,
} from '#sources/history/prometheus/historyPerOrganisation.ts'

import { createChime } from '#state/chime.ts'
import { createAlertBoard } from './alerts/alertBoard.ts'
import { createAlertLinks } from './alerts/alertLinks.ts'
import { createHeardProbes } from './heardProbes.ts'

export type Machine = ReturnType<typeof createMachine>

/**
 * The real clock, timer, locks, channel, storage and network that every monitor of this page shares.
 * `placeOf`: where an organisation's past is read besides here.
 */
export function createMachine(placeOf: (org: OrgId) => PastPlace | null) {
  const clock = { now: () => epochMs(Date.now()) }
  const timer = createWorkerTimer()
  const channel = new BroadcastChannel('tidemark')
  const queryClient = new QueryClient()
  const schedule = createFlushWhenDrawn()
  const ownLoads = new Map<OrgId, OwnLoad>()
  const { history, past } = createHistoryPerOrganisation({
    history: createIndexedDbHistory({ now: clock.now, after: timer.after }),
    placeOf,
    fetch: (url, init) => fetch(url, init),
    now: clock.now,
    after: timer.after,
  })

  /** Outlives a monitor: settings that change start another one, and the organisation's minute goes on. */
  function ownLoadOf(org: OrgId): OwnLoad {
    const ownLoad = ownLoads.get(org) ?? createOwnLoad({ clock, timer })
    ownLoads.set(org, ownLoad)
    return ownLoad
  }

  function pruneHourly() {
    void history.prune(clock.now())
    timer.after(HOUR_MS, pruneHourly)
  }
  pruneHourly()
  // The last moment a page surely has before a browser may end it.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void history.flushed()
  })

  return {
    clock,
    timer,
    channel,
    queryClient,
    history,
    past,
    schedule,
    ownLoadOf,
    heardProbes: createHeardProbes(clock.now),
    /** Whose alerts fire, over all organisations. */
    alerts: createAlertBoard(),
    chime: createChime(),
    alertLinks: createAlertLinks(),
    /** Drops every reply of an organisation that is watched no more. */
    forgetReplies: (org: OrgId) => queryClient.removeQueries({ queryKey: orgKeys.all(org) }),
  }
}
