import { type KeyboardEvent, memo } from 'react'
import type { LimitRow } from '#domain/limits/limitRows.ts'
import type { Peaks } from '#state/queries/peaksQuery.ts'
import { LimitCells } from './LimitCells.tsx'
import type { LimitGroup } from './limitGroups.ts'
import classes from './LimitTable.module.css'

type Props = {
  groups: readonly LimitGroup[]
  peaks: Peaks
  zone: string
  /** The row whose details are open. */
  opened: string | null
  onOpen: (row: LimitRow) => void
}

/** Limits in groups, each with what is in use of it or the reason why nobody can say. */
export function LimitTable({ groups, peaks, zone, opened, onOpen }: Props) {
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">Limits; Enter on a row opens its details</caption>
      <colgroup>
        <col className={classes.nameWidth} />
        <col className={classes.barWidth} />
        <col className={classes.useWidth} />
        <col className={classes.headroomWidth} />
        <col className={classes.peakWidth} />
        <col className={classes.defaultWidth} />
        <col className={classes.effectiveWidth} />
        <col className={classes.requestedWidth} />
        <col className={classes.sourceWidth} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Limit and scope</th>
          <th scope="col">
            Used<span className={classes.ticks}>, ticks at warn and critical</span>
          </th>
          <th scope="col" className={classes.right}>
            In use
          </th>
          <th scope="col" className={classes.right}>
            Headroom
          </th>
          <th scope="col" className={classes.right}>
            Peak 24 h / 7 d
          </th>
          <th scope="col" className={classes.right}>
            Default
          </th>
          <th scope="col" className={classes.right}>
            Effective
          </th>
          <th scope="col" className={classes.right}>
            Requested
          </th>
          <th scope="col" className={classes.source}>
            Source of limit
          </th>
        </tr>
      </thead>
      {groups.map(({ id, title, note, rows }) => (
        <tbody key={id} className={classes.group}>
          {title === '' ? null : (
            <tr className={classes.head}>
              <th scope="rowgroup" colSpan={8}>
                {title} <span className={classes.note}>{note}</span>
              </th>
              <td className={classes.source} />
            </tr>
          )}
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              weekPeak={row.metric ? peaks.week(row.metric.id) : null}
              dayPeak={row.metric ? peaks.day(row.metric.id) : null}
              isWeekKnown={peaks.isWeekKnown}
              zone={zone}
              isOpen={row.id === opened}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      ))}
    </table>
  )
}

type RowProps = {
  row: LimitRow
  dayPeak: number | null
  weekPeak: number | null
  isWeekKnown: boolean
  zone: string
  isOpen: boolean
  onOpen: (row: LimitRow) => void
}

const Row = memo(function Row({ row, isOpen, onOpen, ...known }: RowProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.target !== event.currentTarget) return
    const step = STEPS[event.key]
    if (event.key === 'Enter') onOpen(row)
    else if (step === undefined) return
    else neighbour(event.currentTarget, step)?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <tr
      className={classes.row}
      tabIndex={0}
      aria-selected={isOpen}
      onClick={() => onOpen(row)}
      onKeyDown={onKeyDown}
    >
      <LimitCells row={row} {...known} />
    </tr>
  )
}, isSameRow)

const STEPS: Readonly<Record<string, 1 | -1 | undefined>> = { ArrowDown: 1, ArrowUp: -1 }

/** The next row that can be opened, over the headings of groups. */
function neighbour(row: HTMLTableRowElement, step: 1 | -1) {
  const rows = [...(row.closest('table')?.querySelectorAll<HTMLElement>('tr[tabindex]') ?? [])]
  return rows[rows.indexOf(row) + step]
}

/** Rows are made anew with every look; most of them say the same. */
function isSameRow(before: RowProps, after: RowProps): boolean {
  return (
    before.isOpen === after.isOpen &&
    before.onOpen === after.onOpen &&
    before.zone === after.zone &&
    before.dayPeak === after.dayPeak &&
    before.weekPeak === after.weekPeak &&
    before.isWeekKnown === after.isWeekKnown &&
    JSON.stringify(before.row) === JSON.stringify(after.row)
  )
}
