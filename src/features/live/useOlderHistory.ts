import { useEffect, useState } from 'react'
import { DAY_MS, type DurationMs, type EpochMs, later } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'

type Span = { from: EpochMs; to: EpochMs }

/** A window that stands, or the length of one that moves with the clock; the other is null. */
type Shown = { fixed: Span | null; rollingMs: DurationMs | null }

/** The last day is read back at the start; a moving window asks for more only when it is longer. */
const HELD_MS = DAY_MS

/**
 * Reads what the window needs beyond the last day back from the history; says while it does, and in a
 * sentence where that fails.
 */
export function useOlderHistory(monitor: OrgMonitor, { fixed, rollingMs }: Shown) {
  const [answer, setAnswer] = useState<(Shown & { failure: string | null }) | null>(null)
  const isLonger = rollingMs !== null && rollingMs > HELD_MS
  useEffect(() => {
    const now = monitor.now()
    const span = fixed ?? (isLonger ? { from: later(now, -1 * rollingMs), to: now } : null)
    if (!span) return
    let isCurrent = true
    const end = (failure: string | null) => {
      if (isCurrent) setAnswer({ fixed, rollingMs, failure })
    }
    monitor.loadHistory(span.from, span.to).then(
      () => end(null),
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error)
        end(`What is kept of this window could not be read: ${reason}`)
      },
    )
    return () => {
      isCurrent = false
    }
  }, [monitor, fixed, rollingMs, isLonger])
  const isNeeded = fixed !== null || isLonger
  const isAnswered = answer?.fixed === fixed && answer.rollingMs === rollingMs
  return {
    isReading: isNeeded && !isAnswered,
    failure: isNeeded && isAnswered ? answer.failure : null,
  }
}
