import type { MouseEvent } from 'react'
import type { Alert } from '#domain/alerts/alert.ts'
import { formatCount, formatDuration } from '#domain/format.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import { elapsed } from '#domain/units.ts'
import type { BacktestOutcome } from '#monitor/backtest/backtestDesk.ts'
import table from '../table.module.css'
import classes from './AlertSettings.module.css'
import { firingWords, type WindowLinks } from './triedWords.ts'

type Props = {
  outcome: BacktestOutcome
  organisation: string
  zone: string
  links: WindowLinks
}

/** More rows than these nobody reads. */
const MOST_ROWS = 100

/** Every firing, newest first, with the window that shows it. */
export function Firings({ outcome, organisation, zone, links }: Props) {
  const { found, metrics, to } = outcome
  const all = found.rules
    .flatMap(({ firings }) => firings)
    .toSorted((a, b) => b.firedAt - a.firedAt)
  if (all.length === 0) return null
  return (
    <>
      <table className={table.table}>
        <thead>
          <tr>
            <th>What</th>
            <th>Fired</th>
            <th>Lasted</th>
            <th>At its peak</th>
            <th>Window</th>
          </tr>
        </thead>
        <tbody>
          {all.slice(0, MOST_ROWS).map((alert) => {
            const { title, peak, window } = firingWords(alert, {
              organisation,
              metrics,
              zone,
              now: to,
            })
            return (
              <tr key={alert.id}>
                <td className={table.name}>{title}</td>
                <td className={table.nowrap}>{dayAndClock(alert.firedAt, zone, to)}</td>
                <td className={table.nowrap}>{lastedWords(alert, to)}</td>
                <td>{peak}</td>
                <td>
                  <a
                    href={links.hrefOf(window)}
                    onClick={(event) => openHere(event, () => links.show(window))}
                  >
                    Show
                    <span className="visually-hidden">
                      {' '}
                      {title}, {dayAndClock(alert.firedAt, zone, to)}
                    </span>
                  </a>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {all.length > MOST_ROWS ? (
        <p className={classes.method}>
          These are the newest {formatCount(MOST_ROWS)} of {formatCount(all.length)}.
        </p>
      ) : null}
    </>
  )
}

const lastedWords = ({ firedAt, endedAt }: Alert, to: BacktestOutcome['to']) =>
  endedAt === null
    ? `${formatDuration(elapsed(firedAt, to))}, still firing`
    : formatDuration(elapsed(firedAt, endedAt))

/** Another tab or window is the browser's affair. */
function openHere(event: MouseEvent, open: () => void) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  open()
}
