import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { createEvidenceDesk } from '#monitor/evidence/evidenceDesk.ts'
import {
  createEvidenceWatch,
  type EvidenceView,
  type Watched,
} from '#monitor/evidence/evidenceWatch.ts'
import { useMonitor } from './MonitorProvider.tsx'

/**
 * The evidence for what is on the screen. It is worked out in a worker and follows the window by itself:
 * hand in what is shown whenever it changes.
 */
export function useEvidence(watched: Watched): EvidenceView {
  const monitor = useMonitor()
  const watch = useMemo(
    () => createEvidenceWatch({ monitor, desk: createEvidenceDesk() }),
    [monitor],
  )
  useEffect(() => () => watch.rest(), [watch])
  useEffect(() => watch.watch(watched), [watch, watched])
  return useSyncExternalStore(watch.subscribe, watch.view)
}
