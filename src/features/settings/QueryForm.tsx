import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useId, useState } from 'react'
import { formatDuration } from '#domain/format.ts'
import type { Scope } from '#domain/metrics/metric.ts'
import { SCOPE_WORDS } from '#domain/metrics/scopeWords.ts'
import { type DurationMs, durationMs } from '#domain/units.ts'
import type { PromqlQuery } from '#sources/config/promqlQuery.ts'
import type { QueryTrial } from '#sources/config/tryQuery.ts'
import { GROUPS, NEW_QUERY, PROVENANCES, queryIdFor, readQuery, UNITS } from './queryDraft.ts'
import classes from './QueryForm.module.css'
import { trialWords } from './queryWords.ts'

type Props = {
  /** Null for a new one. */
  known: PromqlQuery | null
  others: readonly PromqlQuery[]
  /** Missing while no address is kept. */
  onTry: ((query: PromqlQuery) => Promise<QueryTrial>) | null
  onSave: (query: PromqlQuery) => void
  onGone: () => void
}

const INTERVALS = [5, 10, 15, 30, 60, 300].map((seconds) => durationMs(seconds * 1000))

/** A query that is a metric: what is asked, and what its number means. */
export function QueryForm({ known, others, onTry, onSave, onGone }: Props) {
  const [draft, setDraft] = useState<Omit<PromqlQuery, 'id'>>(known ?? NEW_QUERY)
  const [problems, setProblems] = useState<ReturnType<typeof readQuery>['problems']>({})
  const [said, setSaid] = useState('')
  const fieldId = useId()
  const change = (changes: Partial<typeof draft>) => {
    setDraft({ ...draft, ...changes })
    setProblems({})
    setSaid('')
  }
  function read(): PromqlQuery | null {
    const reading = readQuery(draft, known?.id ?? queryIdFor(draft.title, others), others)
    setProblems(reading.problems)
    return reading.query
  }
  async function tryIt() {
    const query = read()
    if (!query || !onTry) return
    setSaid('Asking…')
    setSaid(trialWords(await onTry(query), query))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const query = read()
    if (query) onSave(query)
  }
  return (
    <form
      className={classes.form}
      onSubmit={submit}
      noValidate
      aria-label={known ? `Edit ${known.title}` : 'New query'}
    >
      <TextInput
        label="Name"
        description="As its tile and its chart call it."
        value={draft.title}
        error={problems.title}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <NativeSelect
        label="Asked every"
        description="Prometheus rarely has a newer number sooner."
        value={String(draft.everyMs)}
        data={intervalsWith(draft.everyMs).map((everyMs) => ({
          value: String(everyMs),
          label: formatDuration(everyMs),
        }))}
        onChange={({ currentTarget: { value } }) => change({ everyMs: durationMs(Number(value)) })}
      />
      <div className={classes.wide}>
        <label className={classes.label} htmlFor={fieldId}>
          PromQL
        </label>
        <p id={`${fieldId}-hint`}>
          Must give one number, such as the sockets at a proxy:
          sum(haproxy_frontend_current_sessions).
        </p>
        <textarea
          id={fieldId}
          className={classes.query}
          rows={3}
          value={draft.query}
          maxLength={2_000}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${fieldId}-hint ${fieldId}-problem`}
          aria-invalid={problems.query !== undefined}
          onChange={(event) => change({ query: event.currentTarget.value })}
        />
        <p id={`${fieldId}-problem`} className={classes.problem}>
          {problems.query}
        </p>
      </div>
      <NativeSelect
        label="Chart"
        value={draft.group}
        data={[...GROUPS]}
        onChange={({ currentTarget: { value } }) =>
          change({ group: GROUPS.find((one) => one.value === value)!.value })
        }
      />
      <NativeSelect
        label="Unit"
        value={draft.unit}
        data={[...UNITS]}
        onChange={({ currentTarget: { value } }) =>
          change({ unit: UNITS.find((one) => one.value === value)!.value })
        }
      />
      <NativeSelect
        label="How it comes to be"
        value={draft.provenance}
        data={[...PROVENANCES]}
        onChange={({ currentTarget: { value } }) =>
          change({ provenance: PROVENANCES.find((one) => one.value === value)!.value })
        }
      />
      <NativeSelect
        label="Whose use it covers"
        value={draft.scope}
        data={SCOPES.map(([value, words]) => ({ value, label: capitalised(words) }))}
        onChange={({ currentTarget: { value } }) =>
          change({ scope: SCOPES.find(([scope]) => scope === value)![0] })
        }
      />
      <div className={`${classes.wide} ${classes.acts}`}>
        <Button type="submit" variant="filled">
          {known ? 'Save' : 'Add'}
        </Button>
        <Button onClick={onGone}>Cancel</Button>
        <Button disabled={onTry === null} onClick={() => void tryIt()}>
          Try
        </Button>
        <span role="status">{said}</span>
      </div>
    </form>
  )
}

const capitalised = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

const SCOPES = Object.entries(SCOPE_WORDS) as [Scope, string][]

/** The usual ones, and what a settings file brought. */
const intervalsWith = (everyMs: DurationMs) =>
  INTERVALS.includes(everyMs) ? INTERVALS : [...INTERVALS, everyMs].toSorted((a, b) => a - b)
