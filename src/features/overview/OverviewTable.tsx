import type { KeyboardEvent } from 'react'
import type { Organisation } from '#domain/organisation.ts'
import type { EpochMs } from '#domain/units.ts'
import type { StandingBoard } from '#state/standing/standing.ts'
import { OverviewRow } from './OverviewRow.tsx'
import classes from './OverviewTable.module.css'
import type { OverviewActions } from './overviewActions.ts'
import type { SortKey } from './sortedStandings.ts'

type Props = {
  organisations: readonly Organisation[]
  board: StandingBoard
  clock: () => EpochMs
  zone: string
  sort: SortKey
  onSort: (key: SortKey) => void
  actions: OverviewActions
}

type Heading = { id: string; text: string; sort: SortKey | null; isNumber?: boolean }

const HEADINGS: readonly Heading[] = [
  { id: 'state', text: 'State', sort: 'worst' },
  { id: 'name', text: 'Organisation', sort: 'name' },
  { id: 'metric', text: 'Fullest limit', sort: null },
  { id: 'use', text: 'Used', sort: 'used' },
  { id: 'hour', text: 'Last hour', sort: null },
  { id: 'refused', text: 'Refused, 1 h', sort: 'refused', isNumber: true },
  { id: 'change', text: 'Newest limit change', sort: 'change' },
  { id: 'age', text: 'Data age', sort: 'age', isNumber: true },
  { id: 'load', text: 'Own load', sort: 'load' },
]

/** All organisations as rows. Arrow keys, Home and End go from name to name; Enter opens one. */
export function OverviewTable({ organisations, board, clock, zone, sort, onSort, actions }: Props) {
  return (
    // The keys move between links, which have the focus themselves.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <table
      className={classes.table}
      aria-label="Organisations"
      onKeyDown={moveByKey}
      onPointerMove={board.touched}
    >
      <thead>
        <tr>
          {HEADINGS.map(({ id, text, sort: key, isNumber }) => (
            <th
              key={id}
              scope="col"
              className={isNumber ? classes.number : undefined}
              aria-sort={key === sort ? (key === 'name' ? 'ascending' : 'descending') : undefined}
            >
              {key ? (
                <button type="button" className={classes.sort} onClick={() => onSort(key)}>
                  {text}
                </button>
              ) : (
                text
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {organisations.map((organisation) => (
          <OverviewRow
            key={organisation.id}
            organisation={organisation}
            board={board}
            clock={clock}
            zone={zone}
            actions={actions}
          />
        ))}
      </tbody>
    </table>
  )
}

/** Where a key leads from one name to another. */
function moveByKey(event: KeyboardEvent<HTMLElement>) {
  if (!(event.target instanceof HTMLAnchorElement)) return
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a[data-organisation]')]
  const at = links.indexOf(event.target)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key]
  if (to === undefined || at < 0) return
  event.preventDefault()
  links[Math.min(links.length - 1, Math.max(0, to))]?.focus()
}
