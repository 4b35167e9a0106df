import type { Thresholds } from '#domain/metrics/metric.ts'
import type { PolledSource } from '../../polledSource.ts'
import { withThresholds } from '../../withThresholds.ts'
import type { Connection } from '../connection.ts'
import { changeRequestsSource } from '../registry/changeRequestsSource.ts'
import { registrySource } from '../registry/registrySource.ts'
import { callMetricsSource, premisesCallsSource } from './callMetrics.ts'
import { chosenQueuesSource, type QueueName } from './chosenQueues.ts'
import { conversationActivitySource } from './conversationActivity.ts'
import { flowActivitySource } from './flowActivity.ts'
import { operationalEventsSource } from './operationalEvents.ts'
import { ownChannelsSource } from './ownChannels.ts'
import { ownTopicsSource } from './ownTopics.ts'
import { phonesSource } from './phones.ts'
import { queueServiceSource } from './queueService.ts'
import { rateLimitsSource } from './rateLimits.ts'
import { screenMonitorsSource, screenRecordingsSource } from './screens.ts'
import { stationsSource } from './stations.ts'
import { trunksSource } from './trunks.ts'
import { usersOnlineSource } from './usersOnline.ts'

/** What the settings say about the catalogue of one organisation. */
export type CatalogueConfig = {
  /** By metric id; the others have the vendor's 0.80 and 0.90. */
  thresholds: Readonly<Record<string, Thresholds>>
  /** Open sockets per user online, for the estimate; null leaves the estimate out. */
  socketsPerUser: number | null
  /** Queues with series of their own; without any, nobody asks for them. */
  queues: readonly QueueName[]
}

/**
 * Everything that is asked of Genesys Cloud, in the order screens show it (facts §11.2): about 31
 * requests a minute with a thousand stations, in the quarter of an hour in which the registry is read
 * for the first time, of the 300 a token is usually allowed (facts §12); four more with chosen queues.
 */
export function createGenesysSources({
  connection,
  config,
}: {
  connection: Connection
  config: CatalogueConfig
}): PolledSource[] {
  return [
    usersOnlineSource(connection, config.socketsPerUser),
    callMetricsSource(connection),
    conversationActivitySource(connection),
    ...(config.queues.length > 0 ? [chosenQueuesSource(connection, config.queues)] : []),
    queueServiceSource(connection),
    ownChannelsSource(connection),
    flowActivitySource(connection),
    premisesCallsSource(connection),
    trunksSource(connection),
    phonesSource(connection),
    stationsSource(connection),
    screenRecordingsSource(connection),
    screenMonitorsSource(connection),
    rateLimitsSource(connection),
    operationalEventsSource(connection),
    registrySource(connection),
    changeRequestsSource(connection),
    ownTopicsSource(connection),
  ].map((source) => withThresholds(source, config.thresholds))
}
