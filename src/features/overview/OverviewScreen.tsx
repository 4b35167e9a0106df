import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { formatZone } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import type { StandingBoard } from '#state/standing/standing.ts'
import { SETTLE_MS } from '#state/standing/standingBoard.ts'
import { useStandingList } from '#state/standing/useStanding.ts'
import { useNow } from '#state/useNow.ts'
import { usePageKeys } from '#state/usePageKeys.ts'
import { Kbd } from '#ui/controls/Kbd.tsx'
import { Note } from '#ui/notes/Note.tsx'
import classes from './OverviewScreen.module.css'
import { OverviewTable } from './OverviewTable.tsx'
import type { OverviewActions } from './overviewActions.ts'
import { isMeant, type SortKey, sortedStandings } from './sortedStandings.ts'
import { tallyWords } from './standingWords.ts'

type Props = {
  board: StandingBoard
  /** The clock here: organisations have theirs. */
  clock: () => EpochMs
  zone: string
  actions: OverviewActions
}

/** Every organisation of this browser, worst first. */
export function OverviewScreen({ board, clock, zone, actions }: Props) {
  const { organisations, counts } = useStandingList(board)
  const [typed, setTyped] = useState('')
  const [sort, setSort] = useState<SortKey>('worst')
  const now = useNow(clock, SETTLE_MS)
  const search = useRef<HTMLInputElement>(null)
  const screen = useRef<HTMLElement>(null)
  const shown = useMemo(
    () => sortedStandings(organisations, board.standing, sort).filter((one) => isMeant(one, typed)),
    // oxlint-disable-next-line react/exhaustive-deps -- now and then the numbers are sorted anew
    [organisations, board, sort, typed, now],
  )
  const focusFirst = () =>
    screen.current?.querySelector<HTMLAnchorElement>('a[data-organisation]')?.focus()
  usePageKeys({ '/': () => search.current?.focus(), ArrowDown: focusFirst })
  const onSearchKey = (event: KeyboardEvent) => {
    const [first] = shown
    if (event.key === 'ArrowDown') focusFirst()
    else if (event.key === 'Enter' && typed.trim() && first) actions.open(first.id)
    else if (event.key === 'Escape') setTyped('')
    else return
    event.preventDefault()
  }
  if (organisations.length === 0)
    return (
      <main className={classes.screen}>
        <h1 className="visually-hidden">Organisations</h1>
        <Note title="No organisation yet." action={{ label: 'Add one', onAction: actions.add }}>
          Connect one, or watch a simulated one.
        </Note>
      </main>
    )
  return (
    <main className={classes.screen} ref={screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>
          {organisations.length === 1 ? '1 organisation' : `${organisations.length} organisations`}
        </h1>
        <p className={classes.tally}>{tallyWords(counts)}</p>
        <span className={classes.zone}>Times in {formatZone(now, zone)}</span>
        <TextInput
          ref={search}
          className={classes.search}
          aria-label="Find an organisation"
          placeholder="Find an organisation"
          rightSection={<Kbd>/</Kbd>}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={onSearchKey}
        />
        <Button onClick={actions.add}>Add an organisation…</Button>
      </div>
      {shown.length === 0 ? (
        <p className={classes.nobody} role="status">
          No organisation is called “{typed.trim()}”.
        </p>
      ) : (
        <OverviewTable
          organisations={shown}
          board={board}
          clock={clock}
          zone={zone}
          sort={sort}
          onSort={setSort}
          actions={actions}
        />
      )}
    </main>
  )
}
