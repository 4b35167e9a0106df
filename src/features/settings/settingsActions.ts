import type { Organisation } from '#domain/organisation.ts'
import type { EpochMs, OrgId } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { FeedProbe } from '#sources/feed/probe.ts'
import type { Expiry } from '#sources/genesys/expiry.ts'

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
}

/** What can be done from the settings. */
export type SettingsActions = {
  show: (id: OrgId) => void
  signIn: (id: OrgId) => void
  signOut: (id: OrgId) => Promise<void>
  change: (id: OrgId, changes: Partial<Omit<OrganisationConfig, 'id'>>) => Promise<void>
  setFeedBearer: (id: OrgId, bearer: string | null) => void
  checkFeed: (url: string, bearer: string | null) => Promise<FeedProbe>
  remove: (id: OrgId) => Promise<void>
  clearHistory: (id: OrgId) => Promise<void>
}
