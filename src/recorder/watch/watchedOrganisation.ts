import type { QueryClient } from '@tanstack/query-core'
import type { Observation } from '#domain/observation.ts'
import type { Organisation } from '#domain/organisation.ts'
import { durationMs, HOUR_MS, MINUTE_MS } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import { createOrgMonitor, type OrgMonitor } from '#monitor/orgMonitor.ts'
import { addressesOf } from '#sources/genesys/addresses.ts'
import { regionOfDomain } from '#sources/genesys/regions.ts'
import { orgSources } from '#sources/config/orgSources.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { RecordedOrganisation } from '../config/recorderConfig.ts'
import { createFileHistory } from '../log/fileHistory.ts'
import type { LogNews } from '../log/logNews.ts'
import type { OrgLog } from '../log/orgLog.ts'
import type { RecorderMachine } from '../recorderMachine.ts'
import { createFailureLog, heardSource, type PollListener } from './pollCounts.ts'
import { createTokenKeeper } from './tokenKeeper.ts'

/** One organisation that is being recorded. */
export type WatchedOrganisation = {
  organisation: Organisation
  monitor: OrgMonitor
  orgLog: OrgLog
  /** Whether anything of it was read since the start. */
  wasRead: () => boolean
  /** Takes in what another source counted, as if it had been polled. */
  observe: (observed: Observation) => void
  stop: () => Promise<void>
}

type Options = {
  machine: RecorderMachine
  queryClient: QueryClient
  recorded: RecordedOrganisation
  orgLog: OrgLog
  heardNews: (news: LogNews) => void
  heardPoll: PollListener
}

/** Nobody looks at single frames here: what changes together is told together. */
const FLUSH_AFTER_MS = 200
/** Nobody looks back either: the feed reads the log, and what is told elsewhere is the newest value. */
const HELD_MS = durationMs(4 * MINUTE_MS)
/** As much as the feed tells at first: a gap since the last run is then seen wherever a reader could see it. */
const LOADED_MS = durationMs(HOUR_MS)

/** A configured organisation as readers of the feed see it. */
export function organisationNamed({ id, name, domain }: OrganisationConfig): Organisation {
  const isLoopback = addressesOf(domain).kind === 'loopback'
  const region = regionOfDomain(domain)?.id ?? domain
  return { id, name, domain, region, simulation: isLoopback ? domain : null }
}

/** Starts to record an organisation: its monitor, signed in by itself, with the log as its history. */
export function watchOrganisation(options: Options): WatchedOrganisation {
  const { machine, queryClient, recorded, orgLog, heardNews, heardPoll } = options
  const { clock, timer, fetch, random, log, secrets } = machine
  const { config, client, feedBearer } = recorded
  const organisation = organisationNamed(config)
  const { id: org } = organisation
  const addresses = addressesOf(config.domain)
  const keeper =
    client &&
    createTokenKeeper({ org, addresses, client, fetch, clock, timer, random, log, secrets })
  const connection = keeper && {
    org,
    addresses,
    clientId: client.clientId,
    tokens: keeper.tokens,
  }
  const { sources, feeds, switchedOff } = orgSources({
    config,
    connection,
    feedBearer: () => feedBearer,
    onRejected: (problem) => log('warn', 'feed_entries_left_out', { organisation: org, problem }),
  })
  const logFailure = createFailureLog(org, log)
  const heard: PollListener = (source, failure) => {
    heardPoll(source, failure)
    logFailure(source, failure)
  }
  const history = createFileHistory({ orgLog, log, heard: heardNews })
  const monitor = createOrgMonitor({
    organisation,
    sources: sources.map((source) => heardSource(source, heard)),
    feeds: feeds.map((source) => heardSource(source, heard)),
    switchedOff,
    limitSettings: config,
    tokens: keeper?.tokens ?? null,
    history,
    queryClient,
    fetch,
    clock,
    timer,
    random,
    schedule: (flush) => void timer.after(FLUSH_AFTER_MS, flush),
    locks: null,
    channel: null,
    page: null,
    heldMs: HELD_MS,
    loadedMs: LOADED_MS,
    idleStopMs: null,
  })

  let told: Pick<OrgFacts, 'metrics' | 'limits'> | null = null
  /** What readers of the feed know of metrics and limits follows what the monitor knows. */
  function tell() {
    const { metrics, limits, isLoadingHistory } = monitor.facts()
    // Until then limits that hold are not known yet: they would be told as taken back.
    if (isLoadingHistory || (told?.metrics === metrics && told.limits === limits)) return
    told = { metrics, limits }
    orgLog.tell(metrics, limits)
  }
  const unsubscribe = monitor.subscribe(tell)

  return {
    organisation,
    monitor,
    orgLog,
    wasRead: () => monitor.facts().sources.some(({ lastOkAt }) => lastOkAt !== null),
    observe: monitor.observe,
    async stop() {
      keeper?.stop()
      await monitor.stop()
      tell()
      unsubscribe()
      await orgLog.close()
    },
  }
}
