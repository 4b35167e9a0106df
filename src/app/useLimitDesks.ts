import { useEffect, useMemo } from 'react'
import { epochMs } from '#domain/units.ts'
import { createLimitsWorker } from '#monitor/limits/limitsWorker.ts'
import { createRejudging } from '#monitor/limits/rejudging.ts'
import { createWhatIfDesk } from '#monitor/limits/whatIfDesk.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { createPacing } from '#monitor/pacing.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import type { History } from '#sources/history/history.ts'

const pacing = createPacing({ now: () => epochMs(Date.now()) }, createPageTimer())

/** What the Limits screen asks of recorded history, off the main thread, for as long as it is shown. */
export function useLimitDesks(monitor: OrgMonitor, history: History) {
  const desks = useMemo(() => {
    const worker = createLimitsWorker()
    const { now, facts, clients } = monitor
    const reader = { history, org: facts().organisation.id, now, pacing, facts, worker }
    return {
      worker,
      rejudging: createRejudging(reader),
      whatIf: createWhatIfDesk({ ...reader, clients: clients.columns }),
    }
  }, [monitor, history])
  useEffect(
    () => () => {
      desks.rejudging.close()
      desks.whatIf.close()
      desks.worker.close()
    },
    [desks],
  )
  return desks
}
