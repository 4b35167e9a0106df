import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type ManualLimit } from '#domain/limits/limitSettings.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { dateTimeText, instantOfText } from '#domain/timeline/dateTimeText.ts'
import { type EpochMs, type MetricId, metricId } from '#domain/units.ts'
import classes from './dialogs.module.css'

type Props = {
  metrics: readonly Metric[]
  /** What it is typed for, as far as that is chosen. */
  metric: MetricId | null
  author: string
  now: EpochMs
  zone: string
  onType: (limit: ManualLimit) => void
  onGone: () => void
}

type Field = 'value' | 'from' | 'author'

/** A limit that no source tells, or tells wrongly: its value, from when it holds, and who says so. */
export function TypeLimitDialog({ metrics, metric, author, now, zone, onType, onGone }: Props) {
  const [chosen, setChosen] = useState<string>(metric ?? metrics[0]?.id ?? '')
  const [value, setValue] = useState('')
  const [from, setFrom] = useState(() => dateTimeText(now, zone))
  const [name, setName] = useState(author)
  const [note, setNote] = useState('')
  const [problems, setProblems] = useState<Partial<Record<Field, string>>>({})

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readLimit({ value, from, author: name }, { now, zone })
    setProblems(read.problems)
    if (!read.limit) return
    onType({
      ...read.limit,
      metric: metricId(chosen),
      until: null,
      setAt: now,
      note: note.trim(),
    })
  }

  return (
    <Modal opened onClose={onGone} title="Type a limit" centered>
      <form onSubmit={submit} className={classes.form} noValidate>
        <NativeSelect
          label="Of what"
          data={metrics.map(({ id, title }) => ({ value: id, label: title }))}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <TextInput
          label="Limit"
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
          value={value}
          error={problems.value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          step={1}
          label="In force from"
          description="What happened since then is judged by it."
          value={from}
          error={problems.from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label="Who says so"
          description="Stands beside the limit wherever it is shown."
          value={name}
          error={problems.author}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Note, optional"
          placeholder="told by support, case number"
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <div className={classes.acts}>
          <Button onClick={onGone}>Cancel</Button>
          <Button type="submit" variant="filled">
            Set the limit
          </Button>
        </div>
      </form>
    </Modal>
  )
}

type Typed = { value: string; from: string; author: string }
type Read = {
  limit: Pick<ManualLimit, 'value' | 'from' | 'author'> | null
  problems: Partial<Record<Field, string>>
}

/** What was typed as a limit, or what is wrong with each field. */
function readLimit(typed: Typed, { now, zone }: { now: EpochMs; zone: string }): Read {
  const problems: Partial<Record<Field, string>> = {}
  const digits = typed.value.replace(/[\s\u202f\u00a0]/g, '')
  const value = /^\d+$/.test(digits) ? Number(digits) : Number.NaN
  if (!Number.isSafeInteger(value) || value < 1)
    problems.value = 'A whole number from 1, such as 1500.'
  const from = instantOfText(typed.from, zone)
  if (from === null) problems.from = 'A date and a time are needed.'
  else if (from > now) problems.from = 'It cannot hold from a time that is still to come.'
  const author = typed.author.trim()
  if (author === '') problems.author = 'A limit without a name beside it cannot be asked about.'
  if (from === null || Object.keys(problems).length > 0) return { limit: null, problems }
  return { limit: { value, from, author }, problems }
}
