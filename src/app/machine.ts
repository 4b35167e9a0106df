import { QueryClient } from '@tanstack/react-query'
import type { Organisation } from '#domain/organisation.ts'
import { epochMs, HOUR_MS, type OrgId } from '#domain/units.ts'
import { createOwnLoad, type OwnLoad } from '#monitor/doors.ts'
import { createFlushWhenDrawn } from '#monitor/flushWhenDrawn.ts'
import { orgKeys } from '#monitor/orgKeys.ts'
import { createOrgMonitor, type OrgMonitor } from '#monitor/orgMonitor.ts'
import { browserNetwork } from '#monitor/network.ts'
import { browserPage } from '#monitor/page.ts'
import { createWorkerTimer } from '#monitor/workerTimer.ts'
import { orgSources } from '#sources/config/orgSources.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { createIndexedDbHistory } from '#sources/history/indexedDbHistory.ts'

/** What one organisation is watched with. */
export type Watched = {
  organisation: Organisation
  config: OrganisationConfig
  connection: Connection
  feedBearer: () => string | null
  /** Hears of entries of the feed that had to be left out, in a sentence. */
  onRejected: (problem: string) => void
}

export type Machine = ReturnType<typeof createMachine>

/** The real clock, timer, locks, channel, storage and network that every monitor of this page shares. */
export function createMachine() {
  const clock = { now: () => epochMs(Date.now()) }
  const timer = createWorkerTimer()
  const channel = new BroadcastChannel('tidemark')
  const queryClient = new QueryClient()
  const schedule = createFlushWhenDrawn()
  const ownLoads = new Map<OrgId, OwnLoad>()
  const history = createIndexedDbHistory({ now: clock.now, after: timer.after })

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
    /** Starts watching. */
    watch: ({ organisation, config, connection, feedBearer, onRejected }: Watched): OrgMonitor =>
      createOrgMonitor({
        organisation,
        ...orgSources({ config, connection, feedBearer, onRejected }),
        limitSettings: config,
        tokens: connection.tokens,
        history,
        queryClient,
        fetch: (url, init) => fetch(url, init),
        clock,
        timer,
        ownLoad: ownLoadOf(organisation.id),
        random: Math.random,
        schedule,
        locks: navigator.locks ?? null,
        channel,
        page: browserPage,
        network: browserNetwork,
        idleStopMs: config.idleStopMs,
      }),
    /** Drops every reply of an organisation that is watched no more. */
    forgetReplies: (org: OrgId) => queryClient.removeQueries({ queryKey: orgKeys.all(org) }),
  }
}
