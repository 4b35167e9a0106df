import type { Organisation } from '#domain/organisation.ts'
import type { EpochMs, OrgId } from '#domain/units.ts'
import type { BacktestDesk } from '#monitor/backtest/backtestDesk.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { PromqlQuery } from '#sources/config/promqlQuery.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { QueryTrial } from '#sources/config/tryQuery.ts'
import type { FeedProbe } from '#sources/feed/probe.ts'
import type { Expiry } from '#sources/genesys/expiry.ts'
import type { QueueList } from '#sources/genesys/readQueues.ts'
import type { PrometheusProbe } from '#sources/history/prometheus/probePrometheus.ts'
import type { ProbeDesk } from '#sources/probe/probeDesk.ts'

/** An organisation as the settings show it. */
export type SettingsOrganisation = {
  config: OrganisationConfig
  organisation: Organisation
  /** Null while it is not watched. */
  monitor: OrgMonitor | null
  /** Where the sign-in stands; null where nobody is signed in. */
  expiry: (now: EpochMs) => Expiry | null
  /** What the feed is shown, if anything; it ends with the tab. */
  feedBearer: string | null
  /** Where pages of this origin report for it; null or missing: nowhere. */
  probes?: ProbeDesk | null
  /** Tries rules on what was recorded; null or missing while it is not watched. */
  backtest?: BacktestDesk | null
}

/** The queues of an organisation to choose from, or why they cannot be read, in a sentence. */
export type QueueListing = ({ kind: 'read' } & QueueList) | { kind: 'fails'; problem: string }

/** What can be done from the settings. */
export type SettingsActions = {
  show: (id: OrgId) => void
  /** To a window of Live, and where a link to it leads. */
  showWindow: (id: OrgId, window: { from: EpochMs; to: EpochMs }) => void
  windowHref: (id: OrgId, window: { from: EpochMs; to: EpochMs }) => string
  /** To the diagnostics of its connection. */
  diagnose: (id: OrgId) => void
  signIn: (id: OrgId) => void
  signOut: (id: OrgId) => Promise<void>
  change: (id: OrgId, changes: Partial<Omit<OrganisationConfig, 'id'>>) => Promise<void>
  setFeedBearer: (id: OrgId, bearer: string | null) => void
  checkFeed: (url: string, bearer: string | null) => Promise<FeedProbe>
  checkPrometheus: (url: string) => Promise<PrometheusProbe>
  /** Asks a query once. */
  tryQuery: (url: string, query: PromqlQuery) => Promise<QueryTrial>
  readQueues: (id: OrgId) => Promise<QueueListing>
  remove: (id: OrgId) => Promise<void>
  /** Takes in what a settings file brought. Gives the way back. */
  importSettings: (organisations: readonly OrganisationConfig[]) => Promise<() => Promise<void>>
  clearHistory: (id: OrgId) => Promise<void>
}
