import { observation } from '#domain/observation.ts'
import type { History, HistoryHealth } from '#sources/history/history.ts'
import { inSteps, summariesOf } from '#sources/history/readSummaries.ts'
import type { EventLog } from '../eventLog.ts'
import type { LogNews } from './logNews.ts'
import type { OrgLog } from './orgLog.ts'

type Options = {
  orgLog: OrgLog
  log: EventLog
  /** Hears what was new of each observation. */
  heard: (news: LogNews) => void
}

/**
 * The history of one organisation in files: the tier of samples alone, for 26 hours, since a recorder
 * has no screen. What is older is in Prometheus.
 */
export function createFileHistory({ orgLog, log, heard }: Options): History {
  async function read(...[, from, to, samplesFrom]: Parameters<History['read']>) {
    try {
      return await orgLog.read(from, to, samplesFrom)
    } catch (error) {
      log('error', 'log_unreadable', { reason: (error as Error).message })
      return observation({})
    }
  }

  function health(): HistoryHealth {
    const trouble = orgLog.trouble()
    return trouble ? { kind: 'memory', ...trouble } : { kind: 'stored' }
  }

  return {
    write: (_, observed) => heard(orgLog.write(observed)),
    removeMarker: (_, id) => orgLog.unmark(id),
    read,
    async readSummaries(org, from, to, stepMs) {
      const known = await read(org, from, to)
      const minutes = summariesOf([known], from, to)
      return { metrics: known.metrics, summaries: inSteps(minutes, from, to, stepMs) }
    },
    flushed: orgLog.flushed,
    prune: orgLog.prune,
    clear: () =>
      Promise.reject(
        new TypeError('the log of a recorder is removed with its folder, not cleared'),
      ),
    health,
    subscribe: orgLog.subscribe,
    close: orgLog.close,
  }
}
