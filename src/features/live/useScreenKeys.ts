import type { Metric } from '#domain/metrics/metric.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { keyAction } from '#ui/charts/keyAction.ts'
import { performKey } from '#ui/charts/performKey.ts'
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

/** Keys that the charts answer wherever the focus is. */
const CHART_KEYS = ['n', 'p', '+', '=', '-', 'PageUp', 'PageDown', 'Enter', 'Home', 'End']

/** Every key of the screen; the dialog of keys lists them. */
export function useScreenKeys(known: Known) {
  const { monitor, shown, evidence, walked, onEvent } = known
  const chartKey = (key: string, shiftKey = false) => {
    const action = keyAction({ key, shiftKey, ctrlKey: false, metaKey: false, altKey: false })
    if (!action) return
    performKey(action, shown.frame.window(), screenCrosshair, {
      step: (at, steps) => (walked ? monitor.drawn.neighbour(walked.id, at, steps) : null),
      onEvent,
      moveWindow: shown.frame.nudge,
    })
  }
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
    ...Object.fromEntries(CHART_KEYS.map((key) => [key, () => chartKey(key)])),
    ArrowLeft: (event) => chartKey('ArrowLeft', event.shiftKey),
    ArrowRight: (event) => chartKey('ArrowRight', event.shiftKey),
    // What was done last is undone first: a pinned crosshair is released before the drawer closes.
    Escape: () => (evidence.isOpen && !isPinned() ? evidence.close() : chartKey('Escape')),
  })
}
