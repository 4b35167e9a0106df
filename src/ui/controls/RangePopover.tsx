import { Button, Popover, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formatZone } from '#domain/format.ts'
import { SUMMARIES_KEPT_MS } from '#domain/retention.ts'
import { DAY_MS, type DurationMs, durationMs, type EpochMs, elapsed } from '#domain/units.ts'
import { windowEnds } from '#domain/timeline/dayAndClock.ts'
import { dateTimeText, instantOfText } from '#domain/timeline/dateTimeText.ts'
import classes from './RangePopover.module.css'

type Props = {
  from: EpochMs
  to: EpochMs
  zone: string
  onRange: (from: EpochMs, to: EpochMs) => void
  /** The last while, moving with the clock. */
  onLength: (lengthMs: DurationMs) => void
  /** Lengths that are offered; none hide the row. */
  lengths?: readonly { label: string; lengthMs: DurationMs }[]
  /** What the window is called: `Window`, `Window A`. */
  name?: string
}

/** Windows beyond those that have a key. */
const LONG_LENGTHS: readonly { label: string; lengthMs: DurationMs }[] = [
  { label: '2 d', lengthMs: durationMs(2 * DAY_MS) },
  { label: '7 d', lengthMs: durationMs(7 * DAY_MS) },
  { label: '30 d', lengthMs: durationMs(30 * DAY_MS) },
  { label: '90 d', lengthMs: durationMs(90 * DAY_MS) },
  { label: '13 mo', lengthMs: SUMMARIES_KEPT_MS },
]

const MIN_RANGE_MS = 10_000

/** The window in clock times; opens two fields to choose another one by hand. */
export function RangePopover(props: Props) {
  const { from, to, zone, onRange, onLength, lengths = LONG_LENGTHS, name = 'Window' } = props
  const [isOpen, setIsOpen] = useState(false)
  const [start, end] = windowEnds(from, to, zone)
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          onClick={() => setIsOpen(!isOpen)}
          aria-label={`${name} ${start} to ${end}, choose another`}
        >
          {start} – {end}
          <svg width="8" height="8" aria-hidden="true" className={classes.arrow}>
            <path d="M1 2.5 4 5.5 7 2.5" fill="none" stroke="var(--ink3)" strokeWidth="1.4" />
          </svg>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {isOpen ? (
          <>
            {lengths.length > 0 ? (
              <Lengths
                lengths={lengths}
                onLength={(lengthMs) => {
                  setIsOpen(false)
                  onLength(lengthMs)
                }}
              />
            ) : null}
            <RangeForm
              from={from}
              to={to}
              zone={zone}
              onRange={(newFrom, newTo) => {
                setIsOpen(false)
                onRange(newFrom, newTo)
              }}
            />
          </>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  )
}

const Lengths = ({
  lengths,
  onLength,
}: Pick<Props, 'onLength'> & Required<Pick<Props, 'lengths'>>) => (
  <div className={classes.lengths} role="group" aria-label="The last">
    <span className={classes.last}>Last</span>
    {lengths.map(({ label, lengthMs }) => (
      <Button key={label} size="xs" onClick={() => onLength(lengthMs)}>
        {label}
      </Button>
    ))}
  </div>
)

function RangeForm({ from, to, zone, onRange }: Pick<Props, 'from' | 'to' | 'zone' | 'onRange'>) {
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
    else if (elapsed(newFrom, newTo) > SUMMARIES_KEPT_MS)
      setError('No more than 13 months are kept.')
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
