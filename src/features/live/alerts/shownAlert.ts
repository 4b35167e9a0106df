import type { Alert } from '#domain/alerts/alert.ts'
import { type AlertContext, alertWords } from '#domain/alerts/alertWords.ts'
import { AT_LIMIT_RATIO } from '#domain/metrics/headroom.ts'
import type { EpochMs } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'

/** An alert as Live says it: the organisation stands above it. */
export type ShownAlert = {
  alert: Alert
  state: DisplayState
  /** `WebSocket connections at the limit` */
  title: string
  sentence: string
  window: { from: EpochMs; to: EpochMs }
}

/** The glyph that says by shape what kind of alert it is. */
function stateOf({ kind, severity, peak }: Alert): DisplayState {
  if (kind === 'blind') return 'blind'
  if (severity === 'warn') return 'warn'
  return peak.kind === 'level' && peak.ratio >= AT_LIMIT_RATIO ? 'atLimit' : 'critical'
}

export function shownAlert(alert: Alert, monitor: OrgMonitor, zone: string): ShownAlert {
  const { organisation, metrics } = monitor.facts()
  const context: AlertContext = {
    organisation: organisation.name,
    metrics,
    zone,
    now: monitor.now(),
    refused: (from, to) => monitor.errors.count('capacity', from, to),
  }
  const kind = alert.endedAt === null ? 'fired' : 'ended'
  const { title, sentence, window } = alertWords({ kind, alert }, context)
  const subject = title.slice(organisation.name.length + 2)
  return {
    alert,
    state: stateOf(alert),
    title: `${subject.charAt(0).toUpperCase()}${subject.slice(1)}`,
    sentence,
    window,
  }
}

/** What calls for somebody first: not yet seen, then critical, then the oldest. */
export const inUrgency = (active: readonly Alert[]): readonly Alert[] =>
  active.toSorted(
    (a, b) =>
      Number(a.acknowledged !== null) - Number(b.acknowledged !== null) ||
      Number(a.severity === 'warn') - Number(b.severity === 'warn') ||
      a.firedAt - b.firedAt,
  )
