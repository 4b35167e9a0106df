import { Button, Popover, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formatClock, formatDate, formatZone } from '#domain/format.ts'
import { type EpochMs, elapsed } from '#domain/units.ts'
import { dateTimeText, instantOfText } from './dateTimeText.ts'
import classes from './RangePopover.module.css'

type Props = {
  from: EpochMs
  to: EpochMs
  zone: string
  onRange: (from: EpochMs, to: EpochMs) => void
}

const MIN_RANGE_MS = 10_000

/** The window in clock times; opens two fields to choose another one by hand. */
export function RangePopover({ from, to, zone, onRange }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const isOneDay = formatDate(from, zone) === formatDate(to, zone)
  const words = (at: EpochMs) =>
    isOneDay
      ? formatClock(at, zone, 'minutes')
      : `${formatDate(at, zone).split(' ').slice(1, 3).join(' ')} ${formatClock(at, zone, 'minutes')}`
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          onClick={() => setIsOpen(!isOpen)}
          aria-label={`Window ${words(from)} to ${words(to)}, choose another`}
        >
          {words(from)} – {words(to)}
          <svg width="8" height="8" aria-hidden="true" className={classes.arrow}>
            <path d="M1 2.5 4 5.5 7 2.5" fill="none" stroke="var(--ink3)" strokeWidth="1.4" />
          </svg>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {isOpen ? (
          <RangeForm
            from={from}
            to={to}
            zone={zone}
            onRange={(newFrom, newTo) => {
              setIsOpen(false)
              onRange(newFrom, newTo)
            }}
          />
        ) : null}
      </Popover.Dropdown>
    </Popover>
  )
}

function RangeForm({ from, to, zone, onRange }: Props) {
  const [fromText, setFromText] = useState(() => dateTimeText(from, zone))
  const [toText, setToText] = useState(() => dateTimeText(to, zone))
  const [error, setError] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const newFrom = instantOfText(fromText, zone)
    const newTo = instantOfText(toText, zone)
    if (newFrom === null || newTo === null) setError('Both ends need a date and a time.')
    else if (elapsed(newFrom, newTo) < MIN_RANGE_MS)
      setError('The end must be 10 s after the start or later.')
    else onRange(newFrom, newTo)
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        type="datetime-local"
        step={1}
        label="From"
        value={fromText}
        onChange={(event) => setFromText(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        step={1}
        label="To"
        value={toText}
        onChange={(event) => setToText(event.currentTarget.value)}
        error={error}
      />
      <p className={classes.zone}>Times in {formatZone(to, zone)}</p>
      <Button type="submit" variant="filled">
        Show
      </Button>
    </form>
  )
}
