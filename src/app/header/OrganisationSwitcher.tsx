import { Popover, TextInput } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { Organisation } from '#domain/organisation.ts'
import { isMeant } from '#features/overview/sortedStandings.ts'
import { glyphOf, stateOf, wordOf } from '#features/overview/standingWords.ts'
import type { StandingBoard } from '#state/standing/standing.ts'
import { useStanding, useStandingList } from '#state/standing/useStanding.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import { isLongName } from './longName.ts'
import classes from './OrganisationSwitcher.module.css'

type Props = {
  standings: StandingBoard
  current: Organisation | null
  isOverview: boolean
  onSwitch: (organisation: Organisation) => void
  onOverview: () => void
  onAdd: () => void
}

/** From so many on, looking for one by eye takes longer than typing. */
const SEARCHED_FROM = 8

/** Which organisation is on the screen, and the way to another, or to all of them. */
export function OrganisationSwitcher({ current, isOverview, ...menu }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const shown = isOverview ? 'All organisations' : (current?.name ?? 'No organisation')
  return (
    <Popover position="bottom-start" trapFocus returnFocus opened={isOpen} onChange={setIsOpen}>
      <Popover.Target>
        <button type="button" className={classes.target} onClick={() => setIsOpen(!isOpen)}>
          <span className={isLongName(shown) ? classes.long : undefined}>
            <span className="visually-hidden">Organisation: </span>
            {shown}
          </span>
          <svg width="8" height="8" aria-hidden="true">
            <path d="M1 2.5 4 5.5 7 2.5" fill="none" stroke="var(--ink3)" strokeWidth="1.4" />
          </svg>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        <Items
          {...menu}
          currentId={isOverview ? null : (current?.id ?? null)}
          onDone={() => setIsOpen(false)}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

type ItemsProps = Omit<Props, 'current' | 'isOverview'> & {
  currentId: Organisation['id'] | null
  onDone: () => void
}

/** Only while the menu is open does anybody listen to how the organisations stand. */
function Items({ standings, currentId, onSwitch, onOverview, onAdd, onDone }: ItemsProps) {
  const { organisations } = useStandingList(standings)
  const [typed, setTyped] = useState('')
  const found = organisations.filter((one) => isMeant(one, typed))
  const then = (act: () => void) => () => {
    onDone()
    act()
  }
  // The menu holds items alone: a text field among them would be none for assistive technology.
  return (
    <div onKeyDown={moveByKey} role="presentation">
      {organisations.length >= SEARCHED_FROM ? (
        <TextInput
          className={classes.search}
          aria-label="Find an organisation"
          placeholder="Find an organisation"
          value={typed}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      {found.length === 0 && organisations.length > 0 ? (
        <p className={classes.nobody}>No organisation is called “{typed.trim()}”.</p>
      ) : null}
      <div role="menu" aria-label="Organisations">
        <div role="group" aria-label="Worst first" className={classes.list}>
          {found.map((organisation) => (
            <Item
              key={organisation.id}
              isCurrent={organisation.id === currentId}
              onAct={then(() => onSwitch(organisation))}
            >
              <State standings={standings} organisation={organisation} />
              <span>
                <span className={classes.name}>{organisation.name}</span>{' '}
                <span className={classes.where}>
                  {organisation.simulation ?? organisation.domain}
                </span>
              </span>
            </Item>
          ))}
        </div>
        {organisations.length > 0 ? <Item onAct={then(onOverview)}>All organisations</Item> : null}
        <Item onAct={then(onAdd)}>Add an organisation…</Item>
      </div>
    </div>
  )
}

type ItemProps = { isCurrent?: boolean; onAct: () => void; children: ReactNode }

const Item = ({ isCurrent = false, onAct, children }: ItemProps) => (
  <button
    type="button"
    role="menuitem"
    className={classes.item}
    aria-current={isCurrent}
    onClick={onAct}
  >
    {children}
  </button>
)

/** Arrow keys, Home and End go from item to item; from the text field down to the first. */
function moveByKey(event: KeyboardEvent<HTMLElement>) {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')]
  const at = items.findIndex((item) => item === event.target)
  const isText = event.target instanceof HTMLInputElement
  const last = items.length - 1
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at === last ? 0 : at + 1,
    ArrowUp: at <= 0 ? last : at - 1,
    ...(isText ? {} : { Home: 0, End: last }),
  }
  const to = steps[event.key]
  if (to === undefined) return
  event.preventDefault()
  items[to]?.focus()
}

/** Shape and word; the word is said and not shown, since the shapes stand in a column. */
function State({
  standings,
  organisation,
}: {
  standings: StandingBoard
  organisation: Organisation
}) {
  const word = stateOf(useStanding(standings, organisation.id))
  return (
    <span className={classes.state} title={wordOf(word)}>
      <StateGlyph state={glyphOf(word)} />
      <span className="visually-hidden">{wordOf(word)}: </span>
    </span>
  )
}
