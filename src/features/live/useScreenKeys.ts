import type { Metric } from '#domain/metrics/metric.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { chartPageKeys } from '#ui/charts/chartPageKeys.ts'
import type { EvidencePanel } from '#state/useEvidencePanel.ts'
import { screenCrosshair } from '#state/crosshair.ts'
import { WINDOW_LENGTHS } from './ToolRow.tsx'
import { usePageKeys } from '#state/usePageKeys.ts'
import type { ShownWindow } from './useShownWindow.ts'

type Known = {
  monitor: OrgMonitor
  shown: ShownWindow
  evidence: EvidencePanel
  /** The metric whose samples the crosshair walks along; null where nothing is charted. */
  walked: Metric | null
  onEvent: (direction: 1 | -1) => void
  onMark: () => void
  onTable: () => void
  onHelp: () => void
}

/** Every key of the screen; the dialog of keys lists them. */
export function useScreenKeys(known: Known) {
  const { monitor, shown, evidence, walked, onEvent } = known
  const chartKeys = chartPageKeys({
    frame: shown.frame,
    crosshair: screenCrosshair,
    step: (at, steps) => (walked ? monitor.drawn.neighbour(walked.id, at, steps) : null),
    onEvent,
  })
  const isPinned = () => screenCrosshair.get().isPinned
  usePageKeys({
    ' ': shown.togglePause,
    l: shown.backToLive,
    m: known.onMark,
    t: known.onTable,
    e: evidence.toggle,
    '?': known.onHelp,
    ...Object.fromEntries(
      WINDOW_LENGTHS.map(({ lengthMs }, i) => [String(i + 1), () => shown.showLast(lengthMs)]),
    ),
    ...chartKeys,
    // What was done last is undone first: a pinned crosshair is released before the drawer closes.
    Escape: () => (evidence.isOpen && !isPinned() ? evidence.close() : chartKeys.Escape()),
  })
}
