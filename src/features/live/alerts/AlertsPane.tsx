import { formatClock, formatCount, formatDuration } from '#domain/format.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import { elapsed, type EpochMs } from '#domain/units.ts'
import type { AlertDesk } from '#monitor/alerts/alertDesk.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useAlerts } from '#state/useAlerts.ts'
import { useNow } from '#state/useNow.ts'
import { LinkButton } from '#ui/controls/LinkButton.tsx'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import { Acknowledge } from './Acknowledge.tsx'
import classes from './AlertsPane.module.css'
import { inUrgency, type ShownAlert, shownAlert } from './shownAlert.ts'
import { type TellingTools, TellingSwitches } from './TellingSwitches.tsx'

type Props = {
  desk: AlertDesk
  zone: string
  telling: TellingTools
  onShow: (window: { from: EpochMs; to: EpochMs }) => void
}

/** Alerts that fire and that are over, each with its window, and how this browser tells of them. */
export function AlertsPane({ desk, zone, telling, onShow }: Props) {
  const monitor = useMonitor()
  const { active, ended } = useAlerts(desk)
  const now = useNow(monitor.now, 10_000)
  const rows = [...inUrgency(active), ...ended].map((alert) => shownAlert(alert, monitor, zone))
  return (
    <section className={classes.pane} aria-label="Alerts">
      <div className={classes.head}>
        <h2 className={classes.title}>Alerts</h2>
        <span className={classes.quiet}>{countWords(active.length, ended.length)}</span>
        <TellingSwitches {...telling} />
      </div>
      {rows.length > 0 ? (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label="List of alerts">
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Alert</th>
                <th scope="col">How bad</th>
                <th scope="col">Fired</th>
                <th scope="col">Lasted</th>
                <th scope="col">Seen</th>
                <th scope="col">Window</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.alert.id} data-over={row.alert.endedAt !== null}>
                  <th scope="row" className={classes.what}>
                    <StateGlyph state={row.state} sizePx={10} /> {row.title}
                  </th>
                  <td>{row.sentence}</td>
                  <td className={classes.number}>{dayAndClock(row.alert.firedAt, zone, now)}</td>
                  <td className={classes.number}>{lastedWords(row, now)}</td>
                  <td>
                    <Seen
                      row={row}
                      zone={zone}
                      onSeen={(by) => desk.acknowledge(row.alert.id, by)}
                    />
                  </td>
                  <td>
                    <LinkButton onClick={() => onShow(row.window)}>Show</LinkButton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  )
}

function countWords(active: number, ended: number): string {
  if (active + ended === 0) return 'none has fired'
  return `${active === 0 ? 'none fires' : `${formatCount(active)} firing`}, ${formatCount(ended)} over`
}

const lastedWords = ({ alert: { firedAt, endedAt } }: ShownAlert, now: EpochMs) =>
  endedAt === null
    ? `${formatDuration(elapsed(firedAt, now))} so far`
    : formatDuration(elapsed(firedAt, endedAt))

type SeenProps = { row: ShownAlert; zone: string; onSeen: (by: string) => void }

function Seen({ row: { alert }, zone, onSeen }: SeenProps) {
  if (alert.acknowledged)
    return `${alert.acknowledged.by}, ${formatClock(alert.acknowledged.at, zone, 'minutes')}`
  return alert.endedAt === null ? <Acknowledge onAcknowledge={onSeen} /> : '–'
}
