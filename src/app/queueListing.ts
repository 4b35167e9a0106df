import type { QueueListing } from '#features/settings/settingsActions.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { isStop } from '#monitor/poll.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { readQueues } from '#sources/genesys/readQueues.ts'
import { SourceError } from '#sources/sourceError.ts'

/** The queues of an organisation to choose from, on its budget, or why they cannot be read. */
export async function queueListing(
  monitor: Pick<OrgMonitor, 'ask'>,
  connection: Connection,
): Promise<QueueListing> {
  try {
    const list = await monitor.ask((context) => readQueues(context, connection))
    return { kind: 'read', ...list }
  } catch (error) {
    if (isStop(error)) return { kind: 'fails', problem: 'The watch was started anew meanwhile.' }
    if (!(error instanceof SourceError)) throw error
    const { permission } = error.details
    return {
      kind: 'fails',
      problem: permission ? `Permission missing: ${permission}.` : error.message,
    }
  }
}
