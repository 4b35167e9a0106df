import type { MetricId } from '#domain/units.ts'
import { createFeedSource } from '../feed/feedSource.ts'
import { createGenesysSources } from '../genesys/catalogue/catalogue.ts'
import type { Connection } from '../genesys/connection.ts'
import { createPromqlSource } from '../history/prometheus/promqlSource.ts'
import type { PolledSource } from '../polledSource.ts'
import type { ProbeDesk } from '../probe/probeDesk.ts'
import { createProbeSource } from '../probe/probeSource.ts'
import { withThresholds } from '../withThresholds.ts'
import { queryMetric } from './promqlQuery.ts'
import type { OrganisationConfig } from './tidemarkConfig.ts'

type Options = {
  config: OrganisationConfig
  /** Null where nothing is asked of the API: a feed alone. */
  connection: Connection | null
  /** What the feed wants to be shown, if anything. */
  feedBearer: () => string | null
  /** Where pages of this origin report for it; null or left out: nowhere. */
  probes?: ProbeDesk | null
  /** Told of entries of the feed that had to be left out. */
  onRejected?: (problem: string) => void
}

/** What is asked for one organisation: with its token, and without it. */
export type OrgSources = {
  sources: readonly PolledSource[]
  feeds: readonly PolledSource[]
  /** What would be asked, had nobody switched it off. */
  switchedOff: readonly PolledSource[]
}

/**
 * Everything that is asked for one organisation: the catalogue, its feed where it has one, and its
 * queries. A typed loopback address and a simulated organisation serve a feed at the address of their API.
 */
export function orgSources(options: Options): OrgSources {
  const { config, connection, probes } = options
  const isOn = ({ id }: PolledSource) => !config.sourcesOff.includes(id)
  const api = connection ? createGenesysSources({ connection, config }) : []
  const sources = api.filter(isOn)
  const outside = [
    ...feedsOf(options, sources),
    ...queriesOf(config),
    ...(probes ? [createProbeSource(probes)] : []),
  ].map((source) => withThresholds(source, config.thresholds))
  return {
    sources,
    feeds: outside.filter(isOn),
    switchedOff: [...outside, ...api].filter((source) => !isOn(source)),
  }
}

function feedsOf(
  { config, connection, feedBearer, onRejected }: Options,
  sources: readonly PolledSource[],
): PolledSource[] {
  const url = config.feed?.url ?? connection?.addresses.feed ?? null
  if (url === null) return []
  const feed = createFeedSource({
    url,
    organisation: config.feed?.organisation ?? null,
    alsoKnownAs: [config.id, config.name],
    bearer: feedBearer,
    origin: config.feed === null ? 'Feed of the simulator' : `Feed ${new URL(url).host}`,
    described: new Set<MetricId>(
      sources.flatMap(({ metrics }) => metrics.map((metric) => metric.id)),
    ),
    ...(onRejected ? { onRejected } : {}),
  })
  return [feed]
}

function queriesOf({ prometheus, queries }: OrganisationConfig): PolledSource[] {
  if (!prometheus) return []
  const { url } = prometheus
  const origin = url.startsWith('/') ? 'Prometheus' : `Prometheus ${new URL(url).host}`
  return queries.map((query) =>
    createPromqlSource({
      baseUrl: url,
      query: query.query,
      metric: queryMetric(query, origin),
      everyMs: query.everyMs,
    }),
  )
}
