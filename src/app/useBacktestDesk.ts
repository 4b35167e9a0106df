import { useEffect, useMemo } from 'react'
import { epochMs } from '#domain/units.ts'
import { createBacktestDesk } from '#monitor/backtest/backtestDesk.ts'
import { createBacktestWorker } from '#monitor/backtest/backtestWorker.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { createPacing } from '#monitor/pacing.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import type { History } from '#sources/history/history.ts'

const pacing = createPacing({ now: () => epochMs(Date.now()) }, createPageTimer())

/** Tries rules on the history of an organisation, for as long as the settings are shown; null while nobody watches it. */
export function useBacktestDesk(monitor: OrgMonitor | null, history: History) {
  const desk = useMemo(() => {
    if (!monitor) return null
    const { now, facts } = monitor
    const org = facts().organisation.id
    return createBacktestDesk({ history, org, now, pacing, facts, worker: createBacktestWorker() })
  }, [monitor, history])
  useEffect(() => () => desk?.close(), [desk])
  return desk
}
