import { NativeSelect } from '@mantine/core'
import { durationMs } from '#domain/units.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import classes from './fields.module.css'

type Props = {
  config: OrganisationConfig
  onChange: (
    changes: Partial<Pick<OrganisationConfig, 'idleStopMs' | 'socketsPerUser'>>,
  ) => Promise<void>
}

const IDLE_CHOICES = [
  { value: '', label: 'Never, as long as it is open' },
  { value: '900000', label: 'After 15 min' },
  { value: '1800000', label: 'After 30 min' },
  { value: '3600000', label: 'After 1 h' },
  { value: '14400000', label: 'After 4 h' },
]

const FACTOR_CHOICES = [
  { value: '', label: 'No estimate' },
  ...[1, 1.2, 1.5, 1.8, 2, 2.5, 3, 4].map((factor) => ({
    value: String(factor),
    label: `Users online × ${factor}`,
  })),
]

/** What polling does to the signed-in user's session, when it stops, and what is estimated from it. */
export function Polling({ config, onChange }: Props) {
  const factor = config.socketsPerUser === null ? '' : String(config.socketsPerUser)
  const idle = config.idleStopMs === null ? '' : String(config.idleStopMs)
  return (
    <div className={classes.fields}>
      <p className={classes.wide}>
        Every request keeps the signed-in user’s session alive: while Tidemark polls, the
        organisation’s idle time-out does not end it. Where that matters, let a hidden tab stop.
      </p>
      <NativeSelect
        label="A hidden tab stops asking"
        description="It goes on as soon as it is shown."
        data={withPresent(IDLE_CHOICES, idle, (value) => `After ${Number(value) / 60_000} min`)}
        value={idle}
        onChange={({ currentTarget: { value } }) =>
          void onChange({ idleStopMs: value === '' ? null : durationMs(Number(value)) })
        }
      />
      <NativeSelect
        label="Estimated sockets"
        description="Marked as estimated everywhere."
        data={withPresent(FACTOR_CHOICES, factor, (value) => `Users online × ${value}`)}
        value={factor}
        onChange={({ currentTarget: { value } }) =>
          void onChange({ socketsPerUser: value === '' ? null : Number(value) })
        }
      />
    </div>
  )
}

type Choice = { value: string; label: string }

/** The choices, with the value in force among them even where it is none of the usual ones. */
const withPresent = (
  choices: readonly Choice[],
  value: string,
  labelOf: (value: string) => string,
) =>
  choices.some((choice) => choice.value === value)
    ? [...choices]
    : [...choices, { value, label: labelOf(value) }]
