import { Menu } from '@mantine/core'
import type { Organisation } from '#domain/organisation.ts'
import { isLongName } from './longName.ts'
import classes from './OrganisationSwitcher.module.css'

type Props = {
  organisations: readonly Organisation[]
  current: Organisation | null
  onSwitch: (organisation: Organisation) => void
  onAdd: () => void
}

/** Which organisation is on the screen, and the way to another. */
export function OrganisationSwitcher({ organisations, current, onSwitch, onAdd }: Props) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.target}>
          <span className={current && isLongName(current.name) ? classes.long : undefined}>
            <span className="visually-hidden">Organisation: </span>
            {current?.name ?? 'No organisation'}
          </span>
          <svg width="8" height="8" aria-hidden="true">
            <path d="M1 2.5 4 5.5 7 2.5" fill="none" stroke="var(--ink3)" strokeWidth="1.4" />
          </svg>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {organisations.map((organisation) => (
          <Menu.Item
            key={organisation.id}
            aria-current={organisation.id === current?.id}
            onClick={() => onSwitch(organisation)}
          >
            <span className={classes.name}>{organisation.name}</span>{' '}
            <span className={classes.where}>{organisation.simulation ?? organisation.domain}</span>
          </Menu.Item>
        ))}
        <Menu.Item onClick={onAdd}>Add an organisation…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
