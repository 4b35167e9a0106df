import { useCallback, useState } from 'react'
import { formatClock } from '#domain/format.ts'
import type { MarkerKind } from '#domain/timeline/marker.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { RunsNow } from './runWords.ts'

/** Sets run and iteration markers now, and offers to take the last one back. */
export function useMarking(monitor: OrgMonitor, runs: RunsNow, zone: string) {
  const [last, setLast] = useState<{ id: string; text: string } | null>(null)
  const set = (kind: MarkerKind, label: string) => {
    const at = formatClock(monitor.now(), zone)
    setLast({ id: monitor.mark(kind, label), text: `${label} marked at ${at}.` })
  }
  const onGone = useCallback(() => setLast(null), [])
  return {
    /** What the button is called. */
    label: runs.next.kind === 'run' ? 'Mark run' : 'Mark iteration',
    mark: () => set(runs.next.kind, runs.next.label),
    end: () => set('end', 'End of the run'),
    toast: last && { text: last.text, undo: () => monitor.unmark(last.id), onGone },
  }
}
