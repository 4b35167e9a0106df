import type { Organisation } from '#domain/organisation.ts'
import { browserNetwork } from '#monitor/network.ts'
import { type AlertDesk, createAlertDesk } from '#monitor/alerts/alertDesk.ts'
import { createOrgMonitor, type OrgMonitor } from '#monitor/orgMonitor.ts'
import { browserPage } from '#monitor/page.ts'
import { alertRulesOf } from '#sources/config/alertRules.ts'
import { orgSources } from '#sources/config/orgSources.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import type { ProbeDesk } from '#sources/probe/probeDesk.ts'
import { createAlertTeller } from './alerts/alertTeller.ts'
import { pageAlertStore } from './alerts/pageAlertStore.ts'
import type { Machine } from './machine.ts'

/** What one organisation is watched with. */
type Wanted = {
  organisation: Organisation
  config: OrganisationConfig
  connection: Connection
  feedBearer: () => string | null
  /** Where pages of this origin report for it; null: nowhere. */
  probes: ProbeDesk | null
  /** Hears of entries of the feed that had to be left out, in a sentence. */
  onRejected: (problem: string) => void
}

type Started = { monitor: OrgMonitor; alerts: AlertDesk }

/** Starts watching an organisation, and running its rules. The code of a monitor comes with the first one that is watched. */
export function startMonitor(machine: Machine, wanted: Wanted): Started {
  const { organisation, config, connection, feedBearer, probes, onRejected } = wanted
  const { clock, timer, channel, queryClient, history, schedule } = machine
  // Without an OAuth client nobody can sign in: a feed alone, as screens with a display key have it.
  const isFeedAlone = config.clientId === '' && config.feed !== null && config.simulation === null
  const api = isFeedAlone ? null : connection
  const monitor = createOrgMonitor({
    organisation,
    ...orgSources({ config, connection: api, feedBearer, probes, onRejected }),
    limitSettings: config,
    tokens: api?.tokens ?? null,
    history,
    queryClient,
    fetch: (url, init) => fetch(url, init),
    clock,
    timer,
    ownLoad: machine.ownLoadOf(organisation.id),
    random: Math.random,
    schedule,
    locks: navigator.locks ?? null,
    channel,
    page: browserPage,
    network: browserNetwork,
    idleStopMs: config.idleStopMs,
  })
  const tell = createAlertTeller({ chime: machine.chime, open: machine.alertLinks.open })
  const alerts = createAlertDesk({
    monitor,
    rules: alertRulesOf(config),
    store: pageAlertStore,
    timer,
    tell: (message, context) => tell(organisation, message, context),
  })
  return { monitor, alerts }
}
