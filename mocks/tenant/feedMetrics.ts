import { CONNECTION_LIMIT } from '../model/limits.ts'
import { MEDIA } from '../model/queues.ts'

/** How the feed describes one of its metrics. */
export type FeedMetric = {
  id: string
  title: string
  unit: 'count'
  kind: 'gauge' | 'count'
  provenance: 'measured' | 'proxy'
  scope: 'organisation' | 'sampledClients'
  /** The place of its limit in the registry, where it has one. */
  limitKey?: { namespace: string; key: string }
}

const gauge = (
  id: string,
  title: string,
  provenance: FeedMetric['provenance'] = 'measured',
): FeedMetric => ({ id, title, unit: 'count', kind: 'gauge', provenance, scope: 'organisation' })

/** What the feed counts all the time. */
export const CONNECTION_METRICS: readonly FeedMetric[] = [
  { ...gauge('connections.open', 'WebSocket connections'), limitKey: CONNECTION_LIMIT },
  { ...gauge('connections.attempts', 'Connection attempts'), kind: 'count' },
]

/** What the tested application takes for open; it does not know what it failed to close. */
export const CLIENT_SIDE_METRIC: FeedMetric = {
  ...gauge('clients.open', 'Open in the tested clients'),
  scope: 'sampledClients',
}

const titled = (media: string) => (media === 'email' ? 'e-mail' : media)

/**
 * What the feed recorded of the API before the start, under the names of the default metric map
 * (facts §11.2): the API itself has no history.
 */
export const BACKLOG_METRICS: readonly FeedMetric[] = [
  gauge('calls.concurrent', 'Calls'),
  gauge('callSessions.concurrent', 'Call sessions'),
  gauge('ws.usersOnline', 'Users online', 'proxy'),
  gauge('acd.interacting', 'Interacting'),
  gauge('acd.waiting', 'Waiting'),
  ...MEDIA.flatMap((media) => [
    gauge(`acd.interacting.${media}`, `Interacting, ${titled(media)}`),
    gauge(`acd.waiting.${media}`, `Waiting, ${titled(media)}`),
  ]),
]
