import { useEffect, useState } from 'react'
import { DAY_MS, type DurationMs, type EpochMs, HOUR_MS, later } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'

type Span = { from: EpochMs; to: EpochMs }

/** A window that stands, or the length of one that moves with the clock; the other is null. */
type Shown = { fixed: Span | null; rollingMs: DurationMs | null }
type Known = Shown & { now: EpochMs }

/** The last day is read back at the start; a moving window asks for more only when it is longer. */
const HELD_MS = DAY_MS
/** A longer one that moves is read again now and then: at its newer end samples are dropped by and by. */
const READ_EVERY_MS = HOUR_MS

/**
 * Reads what the window needs beyond the last day back from the history; says while it does, and in a
 * sentence where that fails.
 */
export function useOlderHistory(monitor: OrgMonitor, { fixed, rollingMs, now }: Known) {
  const [answer, setAnswer] = useState<(Shown & { failure: string | null }) | null>(null)
  const isLonger = rollingMs !== null && rollingMs > HELD_MS
  const reading = isLonger ? Math.floor(now / READ_EVERY_MS) : null
  useEffect(() => {
    const to = monitor.now()
    const span = fixed ?? (isLonger ? { from: later(to, -1 * rollingMs), to } : null)
    if (!span) return monitor.releaseHistory()
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
    // oxlint-disable-next-line react/exhaustive-deps -- the hour stands for the time that has passed
  }, [monitor, fixed, rollingMs, isLonger, reading])
  const isNeeded = fixed !== null || isLonger
  const isAnswered = answer?.fixed === fixed && answer.rollingMs === rollingMs
  return {
    isReading: isNeeded && !isAnswered,
    failure: isNeeded && isAnswered ? answer.failure : null,
  }
}
