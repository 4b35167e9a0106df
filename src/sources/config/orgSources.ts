import type { MetricId } from '#domain/units.ts'
import { createFeedSource } from '../feed/feedSource.ts'
import { createGenesysSources } from '../genesys/catalogue/catalogue.ts'
import type { Connection } from '../genesys/connection.ts'
import type { PolledSource } from '../polledSource.ts'
import { withThresholds } from '../withThresholds.ts'
import type { OrganisationConfig } from './tidemarkConfig.ts'

type Options = {
  config: OrganisationConfig
  /** Null where nothing is asked of the API: a feed alone. */
  connection: Connection | null
  /** What the feed wants to be shown, if anything. */
  feedBearer: () => string | null
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
 * Everything that is asked for one organisation: the catalogue, and its feed where it has one. A
 * typed loopback address and a simulated organisation serve a feed at the address of their API.
 */
export function orgSources({ config, connection, feedBearer, onRejected }: Options): OrgSources {
  const isOn = ({ id }: PolledSource) => !config.sourcesOff.includes(id)
  const all = connection ? createGenesysSources({ connection, config }) : []
  const sources = all.filter(isOn)
  const isOff = (source: PolledSource) => !isOn(source)
  const url = config.feed?.url ?? connection?.addresses.feed ?? null
  if (url === null) return { sources, feeds: [], switchedOff: all.filter(isOff) }
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
  const feeds = [withThresholds(feed, config.thresholds)]
  return { sources, feeds: feeds.filter(isOn), switchedOff: [...feeds, ...all].filter(isOff) }
}
