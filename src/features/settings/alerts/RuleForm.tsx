import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { AlertRule } from '#domain/alerts/alertRule.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import classes from './AlertSettings.module.css'
import { FailureFields } from './FailureFields.tsx'
import { draftOf, readRule, type RuleDraft, type RuleField, type RuleReading } from './ruleDraft.ts'
import { EVERY_LEVEL } from './ruleWords.ts'

type Props = {
  known: AlertRule
  isNew: boolean
  /** Levels a rule can be about. */
  levels: readonly Pick<Metric, 'id' | 'title'>[]
  /** Tries what was typed on what was recorded; null while nothing can be tried. */
  onTry: ((rule: AlertRule) => void) | null
  onSave: (rule: AlertRule) => void
  onGone: () => void
}

/** A rule: what it is called, how bad it is, and when it fires and clears. */
export function RuleForm({ known, isNew, levels, onTry, onSave, onGone }: Props) {
  const [draft, setDraft] = useState(() => draftOf(known))
  const [reading, setReading] = useState<RuleReading | null>(null)
  const failed = reading?.rule === null ? reading : null
  const change = (changes: Partial<RuleDraft>) => {
    setDraft({ ...draft, ...changes })
    setReading(null)
  }
  const readAnd = (act: (rule: AlertRule) => void) => {
    const next = readRule(draft, known)
    setReading(next)
    if (next.rule) act(next.rule)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    readAnd(onSave)
  }
  const field = (name: RuleField & ('name' | NumberField), label: string, description?: string) => (
    <TextInput
      label={label}
      description={description}
      value={draft[name]}
      error={failed?.fields.includes(name) ? failed.problem : null}
      inputMode={name === 'name' ? 'text' : 'decimal'}
      maxLength={100}
      autoComplete="off"
      onChange={({ currentTarget: { value } }) => change({ [name]: value })}
    />
  )
  return (
    <form
      className={classes.form}
      onSubmit={submit}
      noValidate
      aria-label={isNew ? 'New rule' : `Edit ${known.name}`}
    >
      {field('name', 'Name', 'As its alerts are called.')}
      <NativeSelect
        label="How bad it is"
        description="Critical: somebody has to look now."
        value={draft.severity}
        data={[
          { value: 'critical', label: 'Critical' },
          { value: 'warn', label: 'Warn' },
        ]}
        onChange={({ currentTarget: { value } }) =>
          change({ severity: value === 'critical' ? 'critical' : 'warn' })
        }
      />
      {known.kind === 'level' ? (
        <>
          <NativeSelect
            label="Watches"
            description="Judged by the limit in force at each sample."
            value={draft.metric}
            data={[{ value: '', label: EVERY_LEVEL }, ...levelChoices(levels, draft.metric)]}
            onChange={({ currentTarget: { value } }) => change({ metric: value })}
          />
          {field('fireAt', 'Fires from, % of the limit')}
          {field('clearBelow', 'Clears below, % of the limit')}
          {field('clearSamples', 'Samples in a row that clear')}
        </>
      ) : null}
      {known.kind === 'failures' ? (
        <FailureFields
          tiers={known.tiers}
          draft={draft}
          problem={failed?.fields.includes('least') ? failed.problem : null}
          change={change}
          budget={
            draft.basis === 'share' ? field('budget', 'Attempts that may fail in 30 days, %') : null
          }
        />
      ) : null}
      {field(
        'hold',
        'Hold, minutes',
        known.kind === 'blind'
          ? 'How long nothing is heard.'
          : 'How long it lasts before it fires.',
      )}
      {field('keep', 'Keep firing, minutes', 'What comes back meanwhile is the same alert.')}
      {known.kind === 'level' || known.kind === 'failures' ? (
        <div className={classes.wide}>
          <Checkbox
            label="Stops a load test"
            description="While it fires, tidemark record --stop-file writes the file that ends the test."
            checked={draft.isStop}
            onChange={({ currentTarget: { checked } }) => change({ isStop: checked })}
          />
        </div>
      ) : null}
      <div className={`${classes.wide} ${classes.acts}`}>
        <Button type="submit" variant="filled">
          {isNew ? 'Add' : 'Save'}
        </Button>
        <Button onClick={onGone}>Cancel</Button>
        <Button disabled={onTry === null} onClick={() => onTry && readAnd(onTry)}>
          Try
        </Button>
        {failed && failed.fields.length === 0 ? <span role="alert">{failed.problem}</span> : null}
      </div>
    </form>
  )
}

type NumberField = 'hold' | 'keep' | 'fireAt' | 'clearBelow' | 'clearSamples' | 'budget'

/** Those that can be chosen, and the one that was, even if nobody asks for it now. */
function levelChoices(levels: Props['levels'], chosen: string) {
  const known = levels.map(({ id, title }) => ({ value: id as string, label: title }))
  const isKnown = chosen === '' || known.some(({ value }) => value === chosen)
  return isKnown ? known : [...known, { value: chosen, label: `${chosen}, not asked now` }]
}
